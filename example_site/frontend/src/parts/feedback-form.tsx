import type { VNode } from "preact";
import { giveFeedback } from "../api/client";
import type { FeedbackGiven } from "../api/types";
import { useSending } from "../sending";
import { text } from "../texts";
import { Done } from "./done";
import { CheckField, RadioField, Summary, TextField } from "./fields";

/** The form by which a reader says something of an article; nobody has to say who they are. */
export function FeedbackForm({ article }: { article: number }): VNode {
  const { problem, outcome, isBusy, events } = useSending((fields, key) =>
    giveFeedback(article, bodyOf(fields), key),
  );
  if (outcome)
    return (
      <Done title={text("feedbackReceived")}>
        <p>{outcome.state.label}</p>
      </Done>
    );
  const yesOrNo = [
    { value: "yes", label: text("answerYes") },
    { value: "no", label: text("answerNo") },
  ];
  return (
    <form class="form" noValidate aria-label={text("giveFeedback")} {...events}>
      {problem && <Summary problem={problem} />}
      <RadioField at="/helpful" label={text("wasItHelpful")} problem={problem} options={yesOrNo} />
      <CheckField at="/used" label={text("weUsedThis")} problem={problem} />
      <TextField at="/comment" label={text("yourComment")} problem={problem} most={4000} long />
      <p class="quiet">{text("feedbackPrivacy")}</p>
      <p>
        <button type="submit" disabled={isBusy}>
          {text("sendFeedback")}
        </button>
      </p>
    </form>
  );
}

function bodyOf(fields: FormData): FeedbackGiven {
  const helpful = fields.get("/helpful");
  return {
    helpful: helpful === null ? null : helpful === "yes",
    used: fields.has("/used"),
    comment: String(fields.get("/comment") ?? ""),
    // For those who want an answer; this frontend does not ask.
    name: "",
    email: "",
  };
}
