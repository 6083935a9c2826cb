/**
 * Text that the OpenAPI document says is HTML; the site has sanitised it.
 *
 * It is declared as an enum because no other text can then be taken for one, and because openapi-fetch keeps enums as
 * they are in the types of its answers. It exists for the compiler alone: the members stand for no text and every text.
 */
export declare enum Html {
  None = "",
  Some = "<p>…</p>",
}
