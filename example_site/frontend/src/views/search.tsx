import type { VNode } from "preact";
import { here, SEARCH_PATH } from "../addresses";
import { readSearch } from "../api/client";
import type { Reference } from "../api/types";
import { Loaded } from "../loading";
import { Filters, Listing, offsetOf, SearchField } from "../parts/lists";
import { PageTitle } from "../parts/page-title";
import { text } from "../texts";

/** A search over the pages of all networks. */
export function SearchView({ query }: { query: URLSearchParams }): VNode {
  const words = query.get("q");
  return (
    <>
      <PageTitle>{text("search")}</PageTitle>
      <Filters label={text("search")} path={SEARCH_PATH} submit={text("search")}>
        <SearchField label={text("searchFor")} value={words} />
      </Filters>
      {words && (
        <Loaded isPart by={query.toString()} read={() => readSearch({ q: words, offset: offsetOf(query) })}>
          {(part) => (
            <Listing
              part={part}
              what="page"
              path={SEARCH_PATH}
              query={query}
              class="items"
              empty={text("emptySearch")}
            >
              {(page) => <Hit key={page.id} page={page} />}
            </Listing>
          )}
        </Loaded>
      )}
    </>
  );
}

function Hit({ page: { title, url, language, network } }: { page: Reference }): VNode {
  return (
    <li class="item">
      <h2 lang={language}>{url ? <a href={here(url)}>{title}</a> : title}</h2>
      {network && network.title !== title && <p class="quiet">{network.title}</p>}
    </li>
  );
}
