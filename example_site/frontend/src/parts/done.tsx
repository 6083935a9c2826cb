import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** What takes the place of a form that was sent; it takes the focus. */
export function Done(props: { title: string; children: ComponentChildren }): VNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} role="status" tabIndex={-1}>
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}
