/** The frontend's own words in the reader's language. Labels of statuses, kinds and roles come from the API. */

import type { Language } from "./api/types";
import { language } from "./language";
import * as en from "./texts/en";
import * as nb from "./texts/nb";
import * as nn from "./texts/nn";

export type Words = typeof nb.words;
export type Nouns = typeof nb.nouns;

const TEXTS: Record<Language, { words: Words; nouns: Nouns }> = { nb, nn, en };

/** Return a text. */
export function text(name: keyof Words): string {
  return TEXTS[language()].words[name];
}

/** Return how many there are of something, in words. */
export function counted(what: keyof Nouns, count: number): string {
  return `${count} ${TEXTS[language()].nouns[what][count === 1 ? 0 : 1]}`;
}
