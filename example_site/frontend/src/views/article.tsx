import type { ComponentChildren, VNode } from "preact";
import { here } from "../addresses";
import type { ArticlePage, Page } from "../api/types";
import { day } from "../language";
import { Body, Lesson, Resource } from "../parts/blocks";
import { ArticleTags } from "../parts/cards";
import { Comments, FeedbackNumbers } from "../parts/feedback";
import { FeedbackForm } from "../parts/feedback-form";
import { PageFrame, PageLead, Section } from "../parts/page";
import { OrganisationName, PersonCard } from "../parts/people";
import { text } from "../texts";

/** An article of the experience base: its text, what was learned, and what one can take and use. */
export function ArticleView({ article }: { article: ArticlePage }): VNode {
  const { body, lessons, resources, related } = article;
  return (
    <PageFrame page={article} kicker={<ArticleTags article={article} />}>
      <PageLead page={article} />
      <div class="columns">
        <div>
          <Body blocks={body} />
          {lessons.length > 0 && (
            <Section title={text("lessons")}>
              {lessons.map((block) => (
                <Lesson key={block.id} block={block} />
              ))}
            </Section>
          )}
          {resources.length > 0 && (
            <Section title={text("resources")}>
              <ul>
                {resources.map((block) => (
                  <Resource key={block.id} block={block} />
                ))}
              </ul>
            </Section>
          )}
          <Section title={text("feedback")}>
            <FeedbackNumbers feedback={article.feedback} />
            {article.feedback.comments.length > 0 && <Comments feedback={article.feedback} />}
            {article.lifecycle?.state !== "closed" && <FeedbackForm article={article.id} />}
          </Section>
        </div>
        <aside aria-label={text("aboutArticle")}>
          <Facts article={article} />
          {related.length > 0 && (
            <Section title={text("readNext")}>
              <ul>
                {related.map((page) => (
                  <li key={page.id}>
                    <PageLink page={page} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </aside>
      </div>
    </PageFrame>
  );
}

function Facts({ article }: { article: ArticlePage }): VNode {
  const { municipality, source_gathering: gathering, responsible, last_reviewed, review_due } = article;
  return (
    <dl>
      <Fact label={text("learnedIn")}>
        {municipality && <OrganisationName organisation={municipality} />}
      </Fact>
      <Fact label={text("fromGathering")}>{gathering && <PageLink page={gathering} />}</Fact>
      <Fact label={text("responsible")}>{responsible && <PersonCard person={responsible} />}</Fact>
      <Fact label={text("lastReviewed")}>{last_reviewed && day(last_reviewed)}</Fact>
      <Fact label={text("nextReview")}>{review_due && day(review_due)}</Fact>
    </dl>
  );
}

function Fact(props: { label: string; children: ComponentChildren }): VNode | null {
  if (!props.children) return null;
  return (
    <>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

function PageLink({ page }: { page: Page }): VNode {
  return page.url ? <a href={here(page.url)}>{page.title}</a> : <>{page.title}</>;
}
