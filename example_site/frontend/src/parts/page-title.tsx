import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { hasNavigated } from "../navigation";

/** The heading of a page, which is also the title of the document. It takes the focus when a reader comes to it. */
export function PageTitle(props: { children: string }): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasNavigated()) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${props.children} – Eksempelfylket`;
  }, [props.children]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {props.children}
    </h1>
  );
}
