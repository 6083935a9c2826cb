/**
 * The blocks of running text, programmes, lessons and resources.
 *
 * Each switch is over a discriminated union of the OpenAPI document: when the site gets a block of a new type and the
 * types are made anew, the compiler shows what is missing here. Until then, readers are told so at its place.
 */

import type { ComponentChildren, VNode } from "preact";
import { here } from "../addresses";
import type { BodyBlock, LessonBlock, ProgrammeBlock, ResourceBlock } from "../api/types";
import { text } from "../texts";
import { Download } from "./download";
import { PersonCard } from "./people";
import { Picture } from "./picture";
import { RichText } from "./rich-text";

/** Running text. What comes after the first heading stands a level below it. */
export function Body({ blocks }: { blocks: BodyBlock[] }): VNode {
  const first = blocks.findIndex((block) => block.type === "heading");
  return (
    <div class="body">
      {blocks.map((block, index) => (
        <BodyPart key={block.id} block={block} level={first >= 0 && index > first ? 3 : 2} />
      ))}
    </div>
  );
}

function BodyPart({ block, level }: { block: BodyBlock; level: 2 | 3 }): VNode | null {
  switch (block.type) {
    case "heading":
      return <h2>{block.value}</h2>;
    case "paragraph":
      return <RichText html={block.value} />;
    case "image":
      return (
        block.value.image && (
          <figure>
            <Picture image={block.value.image} sizes="(min-width: 44rem) 42rem, 100vw" />
            <figcaption>
              {block.value.caption} {block.value.credit && `${text("credit")} ${block.value.credit}`}
            </figcaption>
          </figure>
        )
      );
    case "quote":
      return (
        <figure class="quote">
          <blockquote>{block.value.quote}</blockquote>
          {block.value.attribution && <figcaption>{block.value.attribution}</figcaption>}
        </figure>
      );
    case "fact_box":
      return (
        <aside class="box">
          <Heading level={level}>{block.value.heading}</Heading>
          <RichText html={block.value.text} />
        </aside>
      );
    case "steps":
      return (
        <>
          {block.value.heading && <Heading level={level}>{block.value.heading}</Heading>}
          <ol class="steps">
            {block.value.steps.map((step) => (
              <li>
                <strong>{step.title}</strong>
                <RichText html={step.text} />
              </li>
            ))}
          </ol>
        </>
      );
    case "document":
      return (
        <p>
          <Download {...block.value} />
        </p>
      );
    case "links":
      return (
        <>
          {block.value.heading && <Heading level={level}>{block.value.heading}</Heading>}
          <ul>
            {block.value.links.map(({ page, link, text: words }) => {
              const url = page?.url ?? link;
              return (
                url && (
                  <li>
                    <a href={here(url)}>{words || page?.title || url}</a>
                  </li>
                )
              );
            })}
          </ul>
        </>
      );
    case "contact":
      return (
        block.value && (
          <div class="box">
            <PersonCard person={block.value} />
          </div>
        )
      );
    case "key_figures": // a block of the example site's own
      return (
        <>
          {block.value.heading && <Heading level={level}>{block.value.heading}</Heading>}
          <dl class="figures">
            {block.value.figures.map(({ figure, label }) => (
              <div>
                <dt>{label}</dt>
                <dd>{figure}</dd>
              </div>
            ))}
          </dl>
        </>
      );
    default:
      return unknown(block);
  }
}

/** A programme, slot by slot; the slots of a day stand a level below it. */
export function Programme({ blocks }: { blocks: ProgrammeBlock[] }): VNode {
  const level = blocks.some((block) => block.type === "day") ? 4 : 3;
  return (
    <>
      {blocks.map((block) => (
        <ProgrammePart key={block.id} block={block} level={level} />
      ))}
    </>
  );
}

function ProgrammePart({ block, level }: { block: ProgrammeBlock; level: 3 | 4 }): VNode | null {
  switch (block.type) {
    case "day":
      return <h3>{block.value}</h3>;
    case "slot":
      return (
        <div class="slot">
          <p class="slot-time">{times(block.value)}</p>
          <div>
            <Heading level={level}>{block.value.title}</Heading>
            {block.value.speakers.length > 0 && (
              <ul class="plain quiet">
                {block.value.speakers.map(({ name, title }) => (
                  <li>{[name, title].filter(Boolean).join(", ")}</li>
                ))}
              </ul>
            )}
            <RichText html={block.value.description} />
          </div>
        </div>
      );
    case "pause":
      return (
        <div class="slot quiet">
          <p class="slot-time">{times(block.value)}</p>
          <p>{block.value.title}</p>
        </div>
      );
    default:
      return unknown(block);
  }
}

/** What was learned, each lesson by itself. */
export function Lesson({ block }: { block: LessonBlock }): VNode {
  if (block.type !== "lesson") return unknown(block.type);
  const { value } = block;
  const parts = [
    [text("lessonContext"), value.context],
    [text("lessonAction"), value.action],
    [text("lessonResult"), value.result],
    [text("lessonDifferently"), value.differently],
  ] as const;
  return (
    <div class="card">
      <h3>{value.title}</h3>
      <dl>
        {parts.map(
          ([label, html]) =>
            html && (
              <>
                <dt>{label}</dt>
                <dd>
                  <RichText html={html} />
                </dd>
              </>
            ),
        )}
      </dl>
    </div>
  );
}

/** Something that readers can take and use. */
export function Resource({ block }: { block: ResourceBlock }): VNode {
  if (block.type !== "resource") return <li>{unknown(block.type)}</li>;
  const { value } = block;
  return (
    <li>
      <Download {...value} />
      {value.description && <p class="quiet">{value.description}</p>}
    </li>
  );
}

function Heading(props: { level: 2 | 3 | 4; children: ComponentChildren }): VNode {
  const Tag = `h${props.level}` as const;
  return <Tag>{props.children}</Tag>;
}

function times({ start, end }: { start: string | null; end: string | null }): string {
  return [start, end]
    .filter((time) => time !== null)
    .map((time) => time.slice(0, 5))
    .join("–");
}

/** The compiler lets nothing come here; a site that is newer than this frontend may. */
function unknown(_block: never): VNode {
  return <p class="box quiet">{text("cannotShowBlock")}</p>;
}
