import type { VNode } from "preact";
import { readDraft } from "../api/client";
import type { Draft } from "../api/types";
import { Loaded } from "../loading";
import { text } from "../texts";
import { AnnouncementView } from "./announcement";
import { ArticleView } from "./article";
import { GatheringView } from "./gathering";
import { NetworkView } from "./network";

/** A draft that an editor previews, by the token in the address that the site has opened. */
export function PreviewView({ token }: { token: string }): VNode {
  return (
    <Loaded by={`preview ${token}`} read={() => readDraft(token)}>
      {(draft) => (
        <>
          <p class="tag">{text("draft")}</p>
          <DraftView draft={draft} />
        </>
      )}
    </Loaded>
  );
}

/** Show a draft as it will be; only a network is told together with what its landing page shows. */
function DraftView({ draft }: { draft: Draft }): VNode {
  if (!("type" in draft)) return <NetworkView data={draft} />;
  switch (draft.type) {
    case "gathering":
      return <GatheringView gathering={draft} />;
    case "announcement":
      return <AnnouncementView announcement={draft} />;
    case "experience":
      return <ArticleView article={draft} />;
  }
}
