/** Pages in lists. */

import type { VNode } from "preact";
import { here } from "../addresses";
import type { Announcement, Article, Gathering, Network, Page } from "../api/types";
import { day } from "../language";
import { text } from "../texts";
import { OrganisationName } from "./people";
import { Status } from "./status";

type Level = 2 | 3;

/** A network, and how it is. */
export function NetworkCard({ network }: { network: Network }): VNode {
  return (
    <li class="card">
      <p class="kicker">
        {network.lifecycle && <span class="tag">{network.lifecycle.label}</span>}
        {network.period}
      </p>
      <Title page={network} level={2} />
      <p lang={network.language}>{network.lead}</p>
    </li>
  );
}

/** A gathering with every time and place. */
export function GatheringCard({ gathering, level }: { gathering: Gathering; level: Level }): VNode {
  const { occurrences, event_status, registration_status, season_of } = gathering;
  return (
    <li class="card">
      <p class="kicker">
        {season_of?.text} <Status of={event_status} />
        {registration_status.value !== "none" && <Status of={registration_status} />}
      </p>
      <Title page={gathering} level={level} />
      <ul class="plain">
        {occurrences.map(({ uid, name, when, location, event_status }) => (
          <li key={uid}>
            {name && <strong>{name}: </strong>}
            {when.text}
            {location.municipality && (
              <>
                {", "}
                <OrganisationName organisation={location.municipality} />
              </>
            )}
            {occurrences.length > 1 && <Status of={event_status} />}
          </li>
        ))}
      </ul>
      <p lang={gathering.language}>{gathering.lead}</p>
    </li>
  );
}

/** A piece of news. */
export function NewsItem({ announcement, level }: { announcement: Announcement; level: Level }): VNode {
  const { published, category_label, featured, lead, language } = announcement;
  return (
    <li class="item">
      <p class="kicker">
        {published && <time dateTime={published}>{day(published)}</time>}
        {category_label && <span class="tag">{category_label}</span>}
        {featured && <span class="tag tag-good">{text("featured")}</span>}
      </p>
      <Title page={announcement} level={level} />
      <p lang={language}>{lead}</p>
    </li>
  );
}

/** An article of the experience base. */
export function ArticleCard({ article, level }: { article: Article; level: Level }): VNode {
  return (
    <li class="card">
      <p class="kicker">
        <ArticleTags article={article} />
      </p>
      <Title page={article} level={level} />
      <p lang={article.language}>{article.lead}</p>
    </li>
  );
}

/** What sort of article it is, and what it is about. */
export function ArticleTags({ article }: { article: Article }): VNode {
  return (
    <>
      <span class="tag">{article.kind_label}</span>
      {[...article.phases, ...article.topics].map(({ id, name }) => (
        <span key={id} class="tag tag-plain">
          {name}
        </span>
      ))}
    </>
  );
}

function Title({ page, level }: { page: Page & { language: string }; level: Level }): VNode {
  const Tag = `h${level}` as const;
  return <Tag lang={page.language}>{page.url ? <a href={here(page.url)}>{page.title}</a> : page.title}</Tag>;
}
