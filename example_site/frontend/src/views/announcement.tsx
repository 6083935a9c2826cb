import type { VNode } from "preact";
import { here } from "../addresses";
import type { Announcement } from "../api/types";
import { Body } from "../parts/blocks";
import { PageFrame, PageLead } from "../parts/page";
import { RichText } from "../parts/rich-text";
import { text } from "../texts";

/** A piece of news. */
export function AnnouncementView({ announcement }: { announcement: Announcement }): VNode {
  const { category_label, correction, related_gathering: gathering } = announcement;
  return (
    <PageFrame page={announcement} kicker={category_label && <span class="tag">{category_label}</span>}>
      <PageLead page={announcement} />
      {correction && (
        <div class="box" role="note">
          <p>
            <strong>{text("correction")}</strong>
          </p>
          <RichText html={correction} />
        </div>
      )}
      <Body blocks={announcement.body} />
      {gathering?.url && (
        <p>
          {text("moreAboutGathering")} <a href={here(gathering.url)}>{gathering.title}</a>
        </p>
      )}
    </PageFrame>
  );
}
