import type { ComponentChildren, VNode } from "preact";
import { here } from "../addresses";

/** A link to a calendar; a site that has none gives no address. */
export function CalendarLink(props: { to: string | null; children: ComponentChildren }): VNode | null {
  if (!props.to) return null;
  return (
    <p>
      <a href={here(props.to)} type="text/calendar">
        {props.children}
      </a>
    </p>
  );
}
