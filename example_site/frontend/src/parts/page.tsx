/** What every page has, whatever it is about. */

import type { ComponentChildren, VNode } from "preact";
import { here } from "../addresses";
import type { Banner, Content, Page, Translation } from "../api/types";
import { choose, day } from "../language";
import { text } from "../texts";
import { NetworkBanner } from "./banner";
import { Picture } from "./picture";
import { PageTitle } from "./page-title";

/** What the frame of a page takes: an item of the API has it, and so has a reference. */
interface Told {
  title: string;
  language: string;
  network: Page | null;
  network_banner: Banner | null;
  translations?: Translation[];
}

/** The frame of a page: the banner of its network, where it is, its title and its other languages. */
export function PageFrame(props: {
  page: Told;
  kicker?: ComponentChildren;
  children: ComponentChildren;
}): VNode {
  const { title, language, network, network_banner: banner, translations = [] } = props.page;
  return (
    <article lang={language}>
      {banner && <NetworkBanner banner={banner} />}
      <nav class="breadcrumbs" aria-label={text("breadcrumbs")}>
        <ol>
          <li>
            <a href="/">Eksempelfylket</a>
          </li>
          {network?.url && network.title !== title && (
            <li>
              <a href={here(network.url)}>{network.title}</a>
            </li>
          )}
          <li aria-current="page">{title}</li>
        </ol>
      </nav>
      {props.kicker && <p class="kicker">{props.kicker}</p>}
      <PageTitle>{title}</PageTitle>
      <Translations of={translations} />
      {props.children}
    </article>
  );
}

/** The top of a page with content: what it is about in short, when it is from, and its picture. */
export function PageLead(props: { page: Content }): VNode {
  const { lead, published, changed, image } = props.page;
  return (
    <>
      {lead && <p class="lead">{lead}</p>}
      {published && (
        <p class="dates">
          {text("published")} <time dateTime={published}>{day(published)}</time>
          {changed && (
            <>
              {" · "}
              {text("changed")} <time dateTime={changed}>{day(changed)}</time>
            </>
          )}
        </p>
      )}
      {image && <Picture image={image} class="page-image" sizes="(min-width: 72rem) 70rem, 100vw" />}
    </>
  );
}

/** A section with its heading. */
export function Section(props: { title: string; children: ComponentChildren }): VNode {
  return (
    <section>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

function Translations(props: { of: Translation[] }): VNode | null {
  const shown = props.of.filter((each) => each.url !== null);
  if (shown.length === 0) return null;
  return (
    <p class="translations">
      {text("readAlso")}{" "}
      {shown.map(({ url, language, name }) => (
        <a href={here(url ?? "")} lang={language} hreflang={language} onClick={() => choose(language)}>
          {name}
        </a>
      ))}
    </p>
  );
}
