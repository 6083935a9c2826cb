import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { here } from "../addresses";
import { cancelRegistration, confirmRegistration, readRegistration } from "../api/client";
import type { Problem, Registration } from "../api/types";
import { LANGUAGES, language } from "../language";
import { Loaded } from "../loading";
import { Summary } from "../parts/fields";
import { PageTitle } from "../parts/page-title";
import { problemOf } from "../sending";
import { text } from "../texts";

const KEY = "registration";

/**
 * A participant's own registration, by the token that a mail has put behind "#": browsers send that to no server. It
 * is taken out of the address bar, and remembered for as long as the tab is open.
 */
export function RegistrationView(): VNode {
  const [token] = useState(takeToken);
  const [changes, setChanges] = useState(0);
  if (!token)
    return (
      <>
        <PageTitle>{text("myRegistration")}</PageTitle>
        <p>{text("noToken")}</p>
      </>
    );
  return (
    <Loaded by={`registration ${changes}`} read={() => readRegistration(token)}>
      {(registration) => (
        <Mine registration={registration} token={token} onChange={() => setChanges(changes + 1)} />
      )}
    </Loaded>
  );
}

function Mine(props: { registration: Registration; token: string; onChange: () => void }): VNode {
  const { registration, token, onChange } = props;
  const [done, setDone] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const { state, gathering, occurrence, place_in_queue, confirm_by, online_address } = registration;
  const isActive = state.value === "seated" || state.value === "waiting";
  const act = (change: (token: string) => Promise<unknown>, words: string) => () =>
    change(token).then(
      () => {
        setProblem(undefined);
        setDone(words);
        onChange();
      },
      (error: unknown) => setProblem(problemOf(error)),
    );
  return (
    <article>
      <PageTitle>{text("myRegistration")}</PageTitle>
      {problem && <Summary problem={problem} />}
      <p role="status">{done}</p>
      {gathering && (
        <h2>{gathering.url ? <a href={here(gathering.url)}>{gathering.title}</a> : gathering.title}</h2>
      )}
      {occurrence && (
        <p>
          {[occurrence.name, occurrence.when.text, occurrence.location.place].filter(Boolean).join(", ")}
        </p>
      )}
      <p>
        {registration.name}: <strong>{state.label}</strong>
      </p>
      {place_in_queue !== null && (
        <p>
          {text("placeInQueue")} {place_in_queue}
        </p>
      )}
      {online_address && (
        <p>
          {text("onlineAddress")} <a href={online_address}>{online_address}</a>
        </p>
      )}
      {confirm_by && (
        <p>
          {text("confirmBy")} {moment(confirm_by)}{" "}
          <button type="button" onClick={act(confirmRegistration, text("confirmed"))}>
            {text("confirm")}
          </button>
        </p>
      )}
      {isActive && (
        <p>
          <button type="button" onClick={act(cancelRegistration, text("cancelled"))}>
            {text("cancel")}
          </button>
        </p>
      )}
    </article>
  );
}

function takeToken(): string {
  const token = location.hash.slice(1);
  try {
    if (token) sessionStorage.setItem(KEY, token);
    return token || (sessionStorage.getItem(KEY) ?? "");
  } catch {
    return token;
  } finally {
    if (token) history.replaceState(null, "", location.pathname);
  }
}

function moment(iso: string): string {
  const format = { dateStyle: "long", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(LANGUAGES[language()].dates, format).format(new Date(iso));
}
