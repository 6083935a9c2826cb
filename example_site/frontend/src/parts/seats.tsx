import type { VNode } from "preact";
import type { Occurrence } from "../api/types";
import { counted } from "../texts";

/** How many seats nobody has, or how many wait for one; nothing where there is no limit or it is not counted here. */
export function Seats({ of }: { of: Occurrence }): VNode | null {
  if (of.seats === null || of.seats.left === null) return null;
  const { left, waiting } = of.seats;
  return <span>{waiting > 0 ? counted("waiting", waiting) : counted("seat", left)}</span>;
}
