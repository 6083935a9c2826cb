/** The language that the reader has chosen, or that the browser asks for. Pages may be in another one. */

import type { Language } from "./api/types";

export const LANGUAGES: Record<Language, { name: string; dates: string }> = {
  nb: { name: "Bokmål", dates: "nb-NO" },
  nn: { name: "Nynorsk", dates: "nn-NO" },
  en: { name: "English", dates: "en-GB" },
};

const KEY = "language";
const listeners: (() => void)[] = [];
let chosen: Language = remembered() ?? preferred();

/** Return the language of labels and of the frontend's own words. */
export function language(): Language {
  return chosen;
}

/** Have a function called whenever the reader chooses another language. */
export function onLanguage(listener: () => void): void {
  listeners.push(listener);
}

/** Choose a language; one that this frontend has no words in is left alone. */
export function choose(tag: string): void {
  if (!isKnown(tag)) return;
  chosen = tag;
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // The browser keeps nothing for us: the choice holds until the document is loaded anew.
  }
  for (const listener of listeners) listener();
}

/** Return a day such as "2026-11-23" in words. */
export function day(iso: string): string {
  const format = new Intl.DateTimeFormat(LANGUAGES[chosen].dates, { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(`${iso}T00:00Z`));
}

function isKnown(tag: string | null | undefined): tag is Language {
  return typeof tag === "string" && Object.hasOwn(LANGUAGES, tag);
}

function remembered(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return isKnown(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function preferred(): Language {
  // "no" is what some browsers still say for Bokmål.
  const tags = navigator.languages.map((tag) => tag.split("-")[0]?.replace(/^no$/, "nb"));
  return tags.find(isKnown) ?? "nb";
}
