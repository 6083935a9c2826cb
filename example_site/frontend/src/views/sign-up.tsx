import type { VNode } from "preact";
import { readForm, signUp } from "../api/client";
import type { Occurrence, Problem, Question, Reference, RegistrationForm, SignedUp, Signup } from "../api/types";
import { Loaded } from "../loading";
import { Done } from "../parts/done";
import { RadioField, SelectField, Summary, TextField } from "../parts/fields";
import { PageFrame } from "../parts/page";
import { RichText } from "../parts/rich-text";
import { Seats } from "../parts/seats";
import { Status } from "../parts/status";
import { useSending } from "../sending";
import { text } from "../texts";

const PERSON = "/participants/0";

/** The form by which one signs up for a gathering, made of what the API says of it. */
export function SignUpView(props: { page: Reference; path: string; chosen: string }): VNode {
  return (
    <PageFrame page={props.page} kicker={<a href={props.path}>{text("backToGathering")}</a>}>
      <Loaded isPart by={`signup ${props.path}`} read={() => readForm(props.page.id)}>
        {(form) => <Form form={form} chosen={props.chosen} />}
      </Loaded>
    </PageFrame>
  );
}

function Form({ form, chosen }: { form: RegistrationForm; chosen: string }): VNode {
  const { problem, outcome, isBusy, events } = useSending((fields, key) =>
    signUp(form.gathering.id, bodyOf(fields, form), key),
  );
  if (outcome) return <SignedUpNow outcome={outcome} />;
  return (
    <form class="form" noValidate {...events}>
      {problem && <Summary problem={problem} />}
      <RadioField
        at="/occurrence"
        label={text("chooseTime")}
        problem={problem}
        required
        chosen={chosen}
        options={form.occurrences.map((each) => ({
          value: each.uid,
          label: <Place of={each} />,
          isOff: !["open", "waiting_list"].includes(each.registration_status.value),
        }))}
      />
      <About form={form} problem={problem} />
      {form.questions.map((each) => (
        <Answer question={each} problem={problem} />
      ))}
      {form.asks_for_needs && <Needs problem={problem} />}
      <RichText html={form.privacy_notice} />
      <p>
        <button type="submit" disabled={isBusy}>
          {text("send")}
        </button>
      </p>
    </form>
  );
}

function About({ form, problem }: { form: RegistrationForm; problem: Problem | undefined }): VNode {
  const municipalities = form.municipalities.map(({ number, name }): [string, string] => [number, name]);
  const at = (name: string) => ({ at: `${PERSON}/${name}`, problem });
  return (
    <>
      <h2>{text("you")}</h2>
      <TextField {...at("name")} label={text("name")} most={200} autocomplete="name" required />
      <TextField {...at("email")} label={text("email")} most={254} type="email" autocomplete="email" required />
      <SelectField
        {...at("municipality")}
        label={text("municipality")}
        empty={text("anotherOrganisation")}
        choices={municipalities}
      />
      <TextField
        {...at("organisation_name")}
        label={text("organisationName")}
        most={200}
        autocomplete="organization"
      />
      <TextField {...at("role")} label={text("role")} most={200} autocomplete="organization-title" />
      <TextField {...at("comment")} label={text("comment")} most={2000} long />
    </>
  );
}

function Answer({ question, problem }: { question: Question; problem: Problem | undefined }): VNode {
  const { uid, label, help_text: help, required } = question;
  const field = { at: `${PERSON}/answers/${uid}`, label, help, required, problem };
  const yesOrNo = [
    { value: "yes", label: text("answerYes") },
    { value: "no", label: text("answerNo") },
  ];
  switch (question.kind) {
    case "text":
      return <TextField {...field} most={2000} long />;
    case "choice":
      return <RadioField {...field} options={question.options} />;
    case "yes_no":
      return <RadioField {...field} options={yesOrNo} />;
  }
}

function Needs({ problem }: { problem: Problem | undefined }): VNode {
  return (
    <>
      <h2>{text("needs")}</h2>
      <TextField at={`${PERSON}/needs/dietary`} label={text("dietary")} problem={problem} most={500} long />
      <TextField at={`${PERSON}/needs/access`} label={text("access")} problem={problem} most={500} long />
    </>
  );
}

function Place({ of: { name, when, location, registration_status }, of }: { of: Occurrence }): VNode {
  return (
    <>
      <strong>{[name, when.text].filter(Boolean).join(", ")}</strong> {location.place}{" "}
      <Status of={registration_status} /> <Seats of={of} />
    </>
  );
}

function SignedUpNow({ outcome }: { outcome: SignedUp }): VNode {
  return (
    <Done title={outcome.states.map(({ label }) => label).join(", ")}>
      <p>{text("mailFollows")}</p>
      {outcome.must_confirm && <p>{text("mustConfirm")}</p>}
    </Done>
  );
}

function bodyOf(fields: FormData, form: RegistrationForm): Signup {
  const said = (name: string) => String(fields.get(name) ?? "");
  const about = (name: string) => said(`${PERSON}/${name}`);
  const answers: Record<string, string | boolean> = {};
  for (const { uid, kind } of form.questions) {
    const answer = about(`answers/${uid}`);
    if (answer) answers[uid] = kind === "yes_no" ? answer === "yes" : answer;
  }
  const person: Signup["participants"][number] = {
    name: about("name"),
    email: about("email"),
    municipality: about("municipality") || null,
    organisation_name: about("organisation_name"),
    role: about("role"),
    comment: about("comment"),
    answers,
  };
  if (form.asks_for_needs) person.needs = { dietary: about("needs/dietary"), access: about("needs/access") };
  return { occurrence: said("/occurrence"), participants: [person] };
}
