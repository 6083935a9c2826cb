import type { VNode } from "preact";
import type { Document } from "../api/types";
import { language, LANGUAGES } from "../language";
import { text } from "../texts";

/** A link to a document with its kind and size, or to a place elsewhere; only its title where nobody may open it. */
export function Download(props: {
  title: string;
  document: Document | null;
  link: string;
  accessible: boolean;
}): VNode {
  const { title, document, link, accessible } = props;
  const url = document?.url ?? link;
  return (
    <>
      {url ? (
        <a href={url}>
          {title}
          {document &&
            ` (${[document.file_extension.toUpperCase(), size(document)].filter(Boolean).join(", ")})`}
        </a>
      ) : (
        title
      )}
      {accessible && <span class="tag">{text("accessible")}</span>}
    </>
  );
}

function size({ size }: Document): string {
  if (size === null) return "";
  const format = new Intl.NumberFormat(LANGUAGES[language()].dates, {
    style: "unit",
    unit: "kilobyte",
    maximumFractionDigits: 0,
  });
  return format.format(Math.max(1, size / 1000));
}
