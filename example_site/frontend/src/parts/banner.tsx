import type { VNode } from "preact";
import { here } from "../addresses";
import type { Banner } from "../api/types";
import { day } from "../language";
import { text } from "../texts";
import { RichText } from "./rich-text";

/** What a network that is being wound down, or is closed, tells on every page. */
export function NetworkBanner({ banner }: { banner: Banner }): VNode {
  const { guidance, successor } = banner;
  return (
    <section class={`banner banner-${banner.kind}`} aria-labelledby="banner-heading">
      <p class="banner-label">{banner.label}</p>
      <h2 id="banner-heading">{banner.heading}</h2>
      <p>
        {text("since")} <time dateTime={banner.since}>{day(banner.since)}</time>
      </p>
      <RichText html={banner.text} />
      {guidance && (
        <>
          <p>{guidance.until ? `${text("guidanceUntil")} ${day(guidance.until)}.` : text("guidance")}</p>
          <RichText html={guidance.how} />
        </>
      )}
      {successor && (
        <p>
          {text("goInstead")} <a href={here(successor.url)}>{successor.title}</a>
        </p>
      )}
    </section>
  );
}
