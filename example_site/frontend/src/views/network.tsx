import type { VNode } from "preact";
import { here, withQuery } from "../addresses";
import type { NetworkPage } from "../api/types";
import { Body } from "../parts/blocks";
import { CalendarLink } from "../parts/calendar-link";
import { ArticleCard, GatheringCard, NewsItem } from "../parts/cards";
import { PageFrame, PageLead, Section } from "../parts/page";
import { Contacts, Members } from "../parts/people";
import { text } from "../texts";

/** The landing page of a network: one request gives all of it. */
export function NetworkView({ data }: { data: NetworkPage }): VNode {
  const { network } = data;
  const addressOf = (type: string) =>
    here(data.sections.find((section) => section.type === type)?.url ?? "/");
  const gatherings = addressOf("gathering_index");
  return (
    <PageFrame page={network} kicker={<NetworkKicker data={data} />}>
      <PageLead page={network} />
      <nav class="sections" aria-label={text("mainMenu")}>
        <ul>
          {data.sections.map(
            ({ id, title, url }) =>
              url && (
                <li key={id}>
                  <a href={here(url)}>{title}</a>
                </li>
              ),
          )}
        </ul>
      </nav>
      {data.upcoming_gatherings.length > 0 && (
        <Section title={text("upcoming")}>
          <ul class="plain cards">
            {data.upcoming_gatherings.map((each) => (
              <GatheringCard key={each.id} gathering={each} level={3} />
            ))}
          </ul>
          <More to={withQuery(gatherings, { when: "upcoming" })}>{text("allUpcoming")}</More>
        </Section>
      )}
      <div class="columns">
        <Body blocks={network.body} />
        <aside aria-label={text("about")}>
          {network.contacts.length > 0 && (
            <Section title={text("contacts")}>
              <Contacts contacts={network.contacts} />
            </Section>
          )}
          {network.members.length > 0 && (
            <Section title={text("members")}>
              <Members members={network.members} />
            </Section>
          )}
          <CalendarLink to={network.calendar}>{text("calendar")}</CalendarLink>
        </aside>
      </div>
      {data.held_gatherings.length > 0 && (
        <Section title={text("held")}>
          <ul class="plain cards">
            {data.held_gatherings.map((each) => (
              <GatheringCard key={each.id} gathering={each} level={3} />
            ))}
          </ul>
          <More to={gatherings}>{text("allGatherings")}</More>
        </Section>
      )}
      {data.announcements.length > 0 && (
        <Section title={text("news")}>
          <ul class="plain">
            {data.announcements.map((each) => (
              <NewsItem key={each.id} announcement={each} level={3} />
            ))}
          </ul>
          <More to={addressOf("announcement_index")}>{text("allNews")}</More>
        </Section>
      )}
      {data.experiences.length > 0 && (
        <Section title={text("articles")}>
          <ul class="plain cards">
            {data.experiences.map((each) => (
              <ArticleCard key={each.id} article={each} level={3} />
            ))}
          </ul>
          <More to={addressOf("experience_index")}>{text("allArticles")}</More>
        </Section>
      )}
    </PageFrame>
  );
}

function NetworkKicker({ data: { network } }: { data: NetworkPage }): VNode {
  return (
    <>
      {network.period} {network.lifecycle && <span class="tag">{network.lifecycle.label}</span>}
    </>
  );
}

function More(props: { to: string; children: string }): VNode {
  return (
    <p>
      <a class="more" href={props.to}>
        {props.children}
      </a>
    </p>
  );
}
