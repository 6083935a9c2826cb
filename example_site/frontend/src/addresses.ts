/** Where things are: pages of the site are shown here at the same paths, all else stays at the site. */

/** The address of the site, without a slash at its end. */
export const SITE = import.meta.env.VITE_SITE.replace(/\/$/, "");
/** The search of this frontend, and where participants find a registration again: the site has neither address. */
export const SEARCH_PATH = "/sok/";
export const REGISTRATION_PATH = "/pamelding/";

/**
 * Return where a link of the site leads here: a path of ours for a page, and a full address for a document or another
 * site. Addresses of pages end with a slash; links in HTML may be relative to the site.
 */
export function here(url: string): string {
  if (url.startsWith("#")) return url;
  const target = new URL(url, SITE);
  if (![new URL(SITE).origin, location.origin].includes(target.origin)) return target.href;
  const path = target.pathname + target.search + target.hash;
  return target.pathname.endsWith("/") ? path : SITE + path;
}

/** Return the path of a page with a query; empty values are left out. */
export function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const filled = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** Return a path of the address bar with the letters that it stands for; one that makes no sense is left as it is. */
export function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
