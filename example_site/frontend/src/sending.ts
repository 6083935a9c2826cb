/** What is sent by a form: once, however often it is tried, and with what went wrong said in words. */

import { useRef, useState } from "preact/hooks";
import { Refusal, Unreachable } from "./api/client";
import type { Problem } from "./api/types";
import { text } from "./texts";

/** Return what a form needs to be sent, and what has come of it. */
export function useSending<Outcome>(send: (fields: FormData, key: string) => Promise<Outcome>) {
  const [problem, setProblem] = useState<Problem>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [isBusy, setBusy] = useState(false);
  // What is sent again unchanged has the same key: after a broken connection nothing is done twice.
  const key = useRef(crypto.randomUUID());
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      setOutcome(await send(new FormData(event.target as HTMLFormElement), key.current));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const onInput = () => {
    key.current = crypto.randomUUID();
  };
  return { problem, outcome, isBusy, events: { onSubmit, onInput } };
}

/** Return why something was not done, as the API would say it; a mistake of ours is thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  if (!(error instanceof Unreachable)) throw error;
  return { type: "about:blank", status: 0, title: text("unreachable"), detail: text("unreachableDetail") };
}
