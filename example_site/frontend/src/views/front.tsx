import type { VNode } from "preact";
import { readNetworks } from "../api/client";
import { language } from "../language";
import { Loaded } from "../loading";
import { NetworkCard } from "../parts/cards";
import { Listing } from "../parts/lists";
import { PageTitle } from "../parts/page-title";
import { text } from "../texts";

/** The networks of the site; of a site in several languages, those in the reader's. */
export function FrontView(): VNode {
  return (
    <>
      <Loaded by="networks" read={() => readNetworks(language())}>
        {(part) => (
          <>
            <PageTitle>{text("frontTitle")}</PageTitle>
            <Listing part={part} what="network" path="/" query={new URLSearchParams()} class="cards" empty={text("emptyNetworks")}>
              {(network) => <NetworkCard key={network.id} network={network} />}
            </Listing>
          </>
        )}
      </Loaded>
    </>
  );
}
