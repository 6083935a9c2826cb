/** What readers have said of an article: only what an editor has decided to show comes from the API. */

import type { VNode } from "preact";
import type { Comment, Feedback } from "../api/types";
import { day } from "../language";
import { counted, text } from "../texts";

/** How many found it helpful, and who has used it. */
export function FeedbackNumbers({ feedback }: { feedback: Feedback }): VNode | null {
  const { helpful_yes: yes, helpful_no: no, used, municipalities } = feedback;
  if (yes + no + used === 0) return null;
  const names = municipalities.map(({ name }) => name).join(", ");
  return (
    <ul class="feedback-numbers">
      {yes + no > 0 && (
        <li>
          {text("helpfulTo")} {yes} {text("of")} {yes + no}
        </li>
      )}
      {used > 0 && (
        <li>
          {counted("used", used)}
          {names && ` (${names})`}
        </li>
      )}
    </ul>
  );
}

/** The newest of what was written, with the editor's replies. */
export function Comments({ feedback }: { feedback: Feedback }): VNode {
  return (
    <ul class="plain">
      {feedback.comments.map((each) => (
        <li class="card">
          <Said comment={each} />
        </li>
      ))}
    </ul>
  );
}

function Said({ comment: { written, language, comment, reply } }: { comment: Comment }): VNode {
  return (
    <>
      <p class="quiet">
        <time dateTime={written}>{day(written.slice(0, "2026-11-23".length))}</time>
      </p>
      {comment && (
        <p class="as-written" lang={language || undefined}>
          {comment}
        </p>
      )}
      {reply && (
        <>
          <p class="quiet">{text("reply")}</p>
          <p class="as-written">{reply}</p>
        </>
      )}
    </>
  );
}
