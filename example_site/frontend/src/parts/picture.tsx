import type { VNode } from "preact";
import type { Image } from "../api/types";

/** An image in the size that fits; the site says which sizes there are. */
export function Picture(props: { image: Image; class?: string; sizes: string }): VNode | null {
  const renditions = Object.values(props.image.renditions).sort((one, other) => one.width - other.width);
  const largest = renditions.at(-1);
  if (!largest) return null;
  return (
    <img
      class={props.class}
      src={largest.url}
      srcset={renditions.map(({ url, width }) => `${url} ${width}w`).join(", ")}
      sizes={props.sizes}
      width={largest.width}
      height={largest.height}
      alt={props.image.alt}
      loading="lazy"
    />
  );
}
