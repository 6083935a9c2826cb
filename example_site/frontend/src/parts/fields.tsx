/** The fields of a form. Each is known by where its value stands in what is sent, as the API names what is wrong. */

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../api/types";
import { text } from "../texts";

export interface FieldProps {
  /** The JSON pointer of the value, which is also the id of the field. */
  at: string;
  label: string;
  problem: Problem | undefined;
  required?: boolean;
  help?: string;
}

type InputProps = FieldProps & { type?: "text" | "email"; autocomplete?: string; long?: boolean; most: number };

/** A text. */
export function TextField(props: InputProps): VNode {
  const { at, type = "text", autocomplete, long, most } = props;
  const input = { ...described(props), id: at, name: at, maxLength: most, required: props.required, autocomplete };
  const line = type === "email" ? <input type="email" {...input} /> : <input type="text" {...input} />;
  return <Field {...props}>{long ? <textarea rows={3} {...input} /> : line}</Field>;
}

/** One of many. */
export function SelectField(props: FieldProps & { empty: string; choices: [string, string][] }): VNode {
  return (
    <Field {...props}>
      <select id={props.at} name={props.at} {...described(props)}>
        <option value="">{props.empty}</option>
        {props.choices.map(([value, label]) => (
          <option value={value}>{label}</option>
        ))}
      </select>
    </Field>
  );
}

export interface Option {
  value: string;
  label: ComponentChildren;
  isOff?: boolean;
}

/** One of few, all of them shown. */
export function RadioField(props: FieldProps & { options: Option[]; chosen?: string }): VNode {
  return (
    <fieldset id={props.at} tabIndex={-1} {...described(props)}>
      <legend>
        <Label {...props} />
      </legend>
      <Notes {...props} />
      {props.options.map(({ value, label, isOff }) => (
        <label class="choice">
          <input
            type="radio"
            name={props.at}
            value={value}
            disabled={isOff}
            required={props.required}
            defaultChecked={value === props.chosen}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Something that is so or not. */
export function CheckField(props: FieldProps): VNode {
  return (
    <div>
      <Notes {...props} />
      <label class="choice">
        <input type="checkbox" id={props.at} name={props.at} {...described(props)} />
        <span>{props.label}</span>
      </label>
    </div>
  );
}

/** What is wrong, at the top of a form, with a link to each field; it takes the focus. */
export function Summary({ problem }: { problem: Problem }): VNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [problem]);
  const show = (event: Event, id: string) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <div ref={box} class="failure" role="alert" tabIndex={-1}>
      <h2>{problem.errors ? text("correctThis") : problem.title}</h2>
      {!problem.errors && <p>{problem.detail}</p>}
      <ul>
        {problem.errors?.map(({ pointer = "", message }) => (
          <li>
            {/* What is wrong with the whole has no field. */}
            {pointer && (
              <>
                <a href={`#${pointer}`} onClick={(event) => show(event, pointer)}>
                  {document.getElementById(pointer)?.dataset.label ?? pointer}
                </a>
                {": "}
              </>
            )}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Field(props: FieldProps & { children: ComponentChildren }): VNode {
  return (
    <div class="field">
      <label for={props.at}>
        <Label {...props} />
      </label>
      <Notes {...props} />
      {props.children}
    </div>
  );
}

function Label({ label, required }: FieldProps): VNode {
  return (
    <>
      {label} {required && <span class="quiet">({text("required")})</span>}
    </>
  );
}

function Notes(props: FieldProps): VNode {
  const wrong = messageOf(props);
  return (
    <>
      {props.help && (
        <p id={`${props.at}-help`} class="quiet">
          {props.help}
        </p>
      )}
      {wrong && (
        <p id={`${props.at}-error`} class="field-error">
          {wrong}
        </p>
      )}
    </>
  );
}

function messageOf({ at, problem }: FieldProps): string | undefined {
  return problem?.errors?.find(({ pointer }) => pointer === at)?.message;
}

function described(props: FieldProps) {
  const wrong = messageOf(props) !== undefined;
  const notes = [props.help && `${props.at}-help`, wrong && `${props.at}-error`].filter(Boolean).join(" ");
  return { "data-label": props.label, "aria-invalid": wrong || undefined, "aria-describedby": notes || undefined };
}
