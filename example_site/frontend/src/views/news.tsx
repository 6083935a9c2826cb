import type { VNode } from "preact";
import { readNews } from "../api/client";
import type { Reference } from "../api/types";
import { Loaded } from "../loading";
import { NewsItem } from "../parts/cards";
import { Listing, offsetOf } from "../parts/lists";
import { PageFrame } from "../parts/page";
import { text } from "../texts";

/** The news of a network. */
export function NewsView(props: { page: Reference; path: string; query: URLSearchParams }): VNode {
  const { page, path, query } = props;
  return (
    <PageFrame page={page}>
      <Loaded
        isPart
        by={query.toString()}
        read={() => readNews({ network: page.network?.id, offset: offsetOf(query) })}
      >
        {(part) => (
          <Listing part={part} what="news" path={path} query={query} class="items" empty={text("emptyNews")}>
            {(announcement) => <NewsItem key={announcement.id} announcement={announcement} level={2} />}
          </Listing>
        )}
      </Loaded>
    </PageFrame>
  );
}
