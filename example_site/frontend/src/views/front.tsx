import type { VNode } from "preact";
import { readNetworks } from "../api/client";
import { language } from "../language";
import { Loaded } from "../loading";
import { NetworkCard } from "../parts/cards";
import { Listing, offsetOf } from "../parts/lists";
import { PageTitle } from "../parts/page-title";
import { text } from "../texts";

/** The networks of the site; of a site in several languages, those in the reader's. */
export function FrontView({ query }: { query: URLSearchParams }): VNode {
  return (
    <>
      <PageTitle>{text("frontTitle")}</PageTitle>
      <Loaded
        isPart
        by={query.toString()}
        read={() => readNetworks({ locale: language(), offset: offsetOf(query) })}
      >
        {(part) => (
          <Listing
            part={part}
            what="network"
            path="/"
            query={query}
            class="cards"
            empty={text("emptyNetworks")}
          >
            {(network) => <NetworkCard key={network.id} network={network} />}
          </Listing>
        )}
      </Loaded>
    </>
  );
}
