import type { VNode } from "preact";
import { readArticles } from "../api/client";
import type { ArticleQuery, Facets, Reference } from "../api/types";
import { Loaded } from "../loading";
import { ArticleCard } from "../parts/cards";
import { Filters, Listing, offsetOf, SearchField, Select } from "../parts/lists";
import { PageFrame } from "../parts/page";
import { text, type Words } from "../texts";

/** The filters that the API gives facets for, in the order in which they are shown, with their labels. */
const FACETS: [name: keyof Facets, label: keyof Words][] = [
  ["kind", "kind"],
  ["topic", "topic"],
  ["phase", "phase"],
  ["municipality", "municipality"],
  ["year", "year"],
  ["source_gathering", "fromGathering"],
];

/** The experience base of a network, searched and narrowed down by what the address asks for. */
export function ArticlesView(props: { page: Reference; path: string; query: URLSearchParams }): VNode {
  const { page, path, query } = props;
  return (
    <PageFrame page={page}>
      <Loaded isPart by={query.toString()} read={() => readArticles(asked(page.network?.id, query))}>
        {(part) => (
          <>
            <Filters label={text("filterArticles")} path={path} submit={text("show")} isOn={query.size > 0}>
              <SearchField label={text("searchArticles")} value={query.get("q")} />
              {FACETS.map(([name, label]) => (
                <Select
                  key={name}
                  name={name}
                  label={text(label)}
                  value={query.get(name)}
                  choices={part.facets[name].map(({ value, label, count }) => ({
                    value,
                    label: `${label} (${count})`,
                  }))}
                />
              ))}
            </Filters>
            <Listing
              part={part}
              what="article"
              path={path}
              query={query}
              class="cards"
              empty={text("emptyArticles")}
            >
              {(article) => <ArticleCard key={article.id} article={article} level={2} />}
            </Listing>
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

/** Return the question for the API, which refuses what is no value of these types, and says why. */
function asked(network: number | undefined, query: URLSearchParams): ArticleQuery {
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined);
  return {
    network,
    q: query.get("q") ?? undefined,
    kind: (query.get("kind") ?? undefined) as ArticleQuery["kind"],
    topic: number("topic"),
    phase: number("phase"),
    municipality: query.get("municipality") ?? undefined,
    year: number("year"),
    source_gathering: number("source_gathering"),
    offset: offsetOf(query),
  };
}
