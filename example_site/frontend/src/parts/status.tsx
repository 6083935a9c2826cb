import type { VNode } from "preact";
import type { EventStatus, RegistrationStatus } from "../api/types";

type Tone = "good" | "plain" | "warn" | "stop";

/** How a status looks; the compiler sees to it that each has a look. */
const TONES: Record<EventStatus | RegistrationStatus, Tone> = {
  ongoing: "good",
  scheduled: "plain",
  tentative: "warn",
  postponed: "warn",
  held: "plain",
  cancelled: "stop",
  open: "good",
  waiting_list: "warn",
  not_yet_open: "warn",
  full: "stop",
  closed: "plain",
  none: "plain",
};

/** A status in the words of the API. */
export function Status({ of }: { of: { value: EventStatus | RegistrationStatus; label: string } }): VNode {
  return <span class={`tag tag-${TONES[of.value] ?? "plain"}`}>{of.label}</span>;
}
