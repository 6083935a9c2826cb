/** What this frontend asks of the site, each typed by the OpenAPI document. */

import createClient from "openapi-fetch";
import { SITE } from "../addresses";
import { language } from "../language";
import type { paths } from "./schema";
import type {
  AnnouncementQuery,
  ArticleQuery,
  FeedbackGiven,
  Gathering,
  GatheringQuery,
  NetworkQuery,
  Part,
  Problem,
  SearchQuery,
  Signup,
} from "./types";

/** The site refused, and says why in the reader's language. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/** No answer came, or one that is not of the API. */
export class Unreachable extends Error {}

const client = createClient<paths>({ baseUrl: `${SITE}/api/prosjektnett` });

// Labels come in the reader's language. ETags need nothing here: the browser's cache asks again by itself.
client.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", language());
    return request;
  },
});

export const readNetworks = (query: NetworkQuery) => told(client.GET("/networks/", { params: { query } }));
export const readNetwork = (id: number) => told(client.GET("/networks/{id}/", { params: { path: { id } } }));
export const readGatherings = (query: GatheringQuery) =>
  told(client.GET("/gatherings/", { params: { query } }));
export const readGathering = (id: number) =>
  told(client.GET("/gatherings/{id}/", { params: { path: { id } } }));
export const readNews = (query: AnnouncementQuery) =>
  told(client.GET("/announcements/", { params: { query } }));
export const readAnnouncement = (id: number) =>
  told(client.GET("/announcements/{id}/", { params: { path: { id } } }));
export const readArticles = (query: ArticleQuery) => told(client.GET("/experiences/", { params: { query } }));
export const readArticle = (id: number) =>
  told(client.GET("/experiences/{id}/", { params: { path: { id } } }));
export const readSearch = (query: SearchQuery) => told(client.GET("/search/", { params: { query } }));

export const readForm = (id: number) =>
  told(client.GET("/gatherings/{id}/registration-form/", { params: { path: { id } } }));

/** Sign up. With the same key, it can be sent again: nobody is signed up twice. */
export const signUp = (id: number, body: Signup, key: string) =>
  told(
    client.POST("/gatherings/{id}/registrations/", {
      params: { path: { id }, header: { "Idempotency-Key": key } },
      body,
    }),
  );

/** Say something of an article. With the same key, it can be sent again: it is said once. */
export const giveFeedback = (id: number, body: FeedbackGiven, key: string) =>
  told(
    client.POST("/experiences/{id}/feedback/", {
      params: { path: { id }, header: { "Idempotency-Key": key } },
      body,
    }),
  );

// The token stands in a header: in an address, it would be in logs.
const by = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

export const readRegistration = (token: string) => told(client.GET("/registrations/mine/", by(token)));
export const cancelRegistration = (token: string) => told(client.DELETE("/registrations/mine/", by(token)));
export const confirmRegistration = (token: string) =>
  told(client.POST("/registrations/mine/confirm/", by(token)));

/** Read a draft that an editor has given us a token for. */
export const readDraft = (token: string) => told(client.GET("/preview/", by(token)));

/** Find out what a path of the site leads to. */
export const resolvePath = (path: string) =>
  told(client.GET("/pages/", { params: { query: { html_path: path } } }));

/** Read all gatherings of a network, part by part. */
export async function readAllGatherings(network: number): Promise<Gathering[]> {
  const found: Gathering[] = [];
  let part: Part<Gathering>;
  do {
    part = await readGatherings({ network, offset: found.length });
    found.push(...part.items);
  } while (part.items.length > 0 && found.length < part.count);
  return found;
}

async function told<Data>(asked: Promise<{ data?: Data; error?: unknown }>): Promise<Data> {
  const { data, error } = await asked.catch((failure: unknown) => {
    throw new Unreachable(String(failure));
  });
  if (data !== undefined) return data;
  throw isProblem(error) ? new Refusal(error) : new Unreachable("The answer is not of the API");
}

function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "title" in error && "detail" in error;
}
