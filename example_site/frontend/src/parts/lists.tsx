/** Lists that are filtered and paged by the query of the address, so that they can be linked to and gone back to. */

import type { ComponentChildren, VNode } from "preact";
import { withQuery } from "../addresses";
import type { Part } from "../api/types";
import { navigate } from "../navigation";
import { counted, type Nouns, text } from "../texts";

export interface Choice {
  value: string;
  label: string;
}

/** The part of a list that an address asks for; the API refuses what is no number. */
export function offsetOf(query: URLSearchParams): number {
  return Number(query.get("offset") ?? 0);
}

/** A form whose fields become the query of the address. */
export function Filters(props: {
  label: string;
  path: string;
  children: ComponentChildren;
  /** What the button says. */
  submit: string;
  isOn?: boolean;
}): VNode {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const filled = [...fields].filter((pair): pair is [string, string] => typeof pair[1] === "string");
    navigate(withQuery(props.path, Object.fromEntries(filled)));
  };
  return (
    <form class="filters" role="search" aria-label={props.label} action={props.path} onSubmit={submit}>
      {props.children}
      <button type="submit">{props.submit}</button>
      {props.isOn && <a href={props.path}>{text("clear")}</a>}
    </form>
  );
}

/** A choice of one value, or of all. */
export function Select(props: {
  name: string;
  label: string;
  value: string | null;
  choices: Choice[];
}): VNode | null {
  if (props.choices.length === 0) return null;
  return (
    <label>
      {props.label}
      <select name={props.name} key={props.value}>
        <option value="">{text("all")}</option>
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Words to search for. */
export function SearchField(props: { label: string; value: string | null }): VNode {
  return (
    <label>
      {props.label}
      <input type="search" name="q" maxLength={200} key={props.value} defaultValue={props.value ?? ""} />
    </label>
  );
}

/** How many there are, told to screen readers as well when it changes; then the list, and its other parts. */
export function Listing<Item>(props: {
  part: Part<Item>;
  what: keyof Nouns;
  path: string;
  query: URLSearchParams;
  class: string;
  empty: string;
  children: (item: Item) => VNode;
}): VNode {
  const { part } = props;
  return (
    <>
      <p class="count" role="status">
        {part.count > 0 ? counted(props.what, part.count) : props.empty}
      </p>
      {part.items.length > 0 && <ul class={`plain ${props.class}`}>{part.items.map(props.children)}</ul>}
      <Parts {...props} />
    </>
  );
}

function Parts(props: { part: Part<unknown>; path: string; query: URLSearchParams }): VNode | null {
  const { count, limit, offset } = props.part;
  if (count <= limit && offset === 0) return null;
  const at = (start: number) =>
    withQuery(props.path, { ...Object.fromEntries(props.query), offset: start || undefined });
  return (
    <nav class="parts" aria-label={text("pages")}>
      {offset > 0 && (
        <a rel="prev" href={at(Math.max(0, offset - limit))}>
          {text("previous")}
        </a>
      )}
      <span>
        {Math.min(offset + 1, count)}–{Math.min(offset + limit, count)} / {count}
      </span>
      {offset + limit < count && (
        <a rel="next" href={at(offset + limit)}>
          {text("next")}
        </a>
      )}
    </nav>
  );
}
