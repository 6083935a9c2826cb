import type { VNode } from "preact";
import { here } from "../addresses";
import type { Html } from "../api/html";

/** Rich text. Only what the OpenAPI document says is HTML comes here: the type `Html` sees to it. */
export function RichText({ html }: { html: Html }): VNode | null {
  return html ? <div class="rich-text" dangerouslySetInnerHTML={{ __html: withOurLinks(html) }} /> : null;
}

/** Its links are relative to the site, or lead to it: let those to pages lead here, and the others there. */
function withOurLinks(html: Html): string {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  for (const link of parsed.content.querySelectorAll("a[href]"))
    link.setAttribute("href", here(link.getAttribute("href") ?? ""));
  for (const image of parsed.content.querySelectorAll("img[src]"))
    image.setAttribute("src", here(image.getAttribute("src") ?? ""));
  return parsed.innerHTML;
}
