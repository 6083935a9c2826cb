/** Reading, with what is shown meanwhile, and when it does not work. */

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refusal } from "./api/client";
import { language } from "./language";
import { PageTitle } from "./parts/page-title";
import { text } from "./texts";

interface Outcome<Data> {
  by: string;
  data?: Data;
  error?: unknown;
}

/**
 * Show what `read` gives. It is read again when `by` or the language changes; what was there stays until the new is,
 * so that a reader who filters a list keeps their place. It is a part of a page with a title, or has the title itself.
 */
export function Loaded<Data>(props: {
  by: string;
  isPart?: boolean;
  read: () => Promise<Data>;
  children: (data: Data) => VNode;
}): VNode {
  const by = `${language()} ${props.by}`;
  const [outcome, setOutcome] = useState<Outcome<Data>>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isWanted = true;
    const settle = (found: Outcome<Data>) => isWanted && setOutcome(found);
    props.read().then(
      (data) => settle({ by, data }),
      (error: unknown) => settle({ by, error }),
    );
    return () => {
      isWanted = false;
    };
  }, [by, tries]);

  const isBusy = outcome?.by !== by;
  if (outcome?.data !== undefined) return <div aria-busy={isBusy}>{props.children(outcome.data)}</div>;
  if (isBusy) return <p role="status">{text("loading")}</p>;
  return <Failure error={outcome?.error} isPart={props.isPart} tryAgain={() => setTries(tries + 1)} />;
}

/** Tell what went wrong, and what the reader can do. */
function Failure(props: { error: unknown; isPart?: boolean; tryAgain: () => void }): VNode {
  const problem = props.error instanceof Refusal ? props.error.problem : undefined;
  const title = problem?.title ?? text("unreachable");
  return (
    <div class="failure" role="alert">
      {props.isPart ? <h2>{title}</h2> : <PageTitle>{title}</PageTitle>}
      <p>{problem?.detail ?? text("unreachableDetail")}</p>
      {problem?.errors && (
        <ul>
          {problem.errors.map((each) => (
            <li>
              <strong>{each.parameter}</strong>: {each.message}
            </li>
          ))}
        </ul>
      )}
      <p class="actions">
        {!problem && (
          <button type="button" onClick={props.tryAgain}>
            {text("tryAgain")}
          </button>
        )}
        <a href="/">{text("backToFront")}</a>
      </p>
    </div>
  );
}
