/** The types of the OpenAPI document by the names that this frontend has for them. */

import type { components, operations } from "./schema";

type Schemas = components["schemas"];
type Query<Operation extends keyof operations> = NonNullable<operations[Operation]["parameters"]["query"]>;

export type Problem = Schemas["Problem"];
export type Banner = Schemas["NetworkBannerData"];
export type Network = Schemas["NetworkData"];
export type NetworkPage = Schemas["NetworkPageData"];
export type Gathering = Schemas["GatheringData"];
export type Occurrence = Schemas["OccurrenceData"];
export type RegistrationForm = Schemas["RegistrationFormData"];
export type Question = Schemas["QuestionData"];
export type Signup = Schemas["SignupBody"];
export type SignedUp = Schemas["SignedUpData"];
export type Registration = Schemas["RegistrationData"];
export type Presentation = Schemas["PresentationData"];
export type Announcement = Schemas["AnnouncementData"];
export type Article = Schemas["ExperienceData"];
export type ArticlePage = Schemas["ExperiencePageData"];
export type Feedback = ArticlePage["feedback"];
export type Comment = Schemas["CommentData"];
export type FeedbackGiven = Schemas["FeedbackBody"];
export type Facets = Schemas["FacetsData"];
export type Reference = Schemas["ReferenceData"];
export type Resolved = Schemas["ResolvedData"];
export type Page = Schemas["PageData"];
export type Translation = Schemas["TranslationData"];
export type Contact = Schemas["ContactData"];
export type Member = Schemas["MemberData"];
export type Person = Schemas["PersonData"];
export type Organisation = Schemas["OrganisationData"];
export type Image = Schemas["ImageData"];
export type Document = Schemas["DocumentData"];

/** What an editor previews. */
export type Draft = operations["getDraft"]["responses"][200]["content"]["application/json"];

/** What every page of a network has, of whatever type it is. */
export type Content = Network | Gathering | Announcement | Article;

export type BodyBlock = Content["body"][number];
export type ProgrammeBlock = Gathering["programme"][number];
export type LessonBlock = Article["lessons"][number];
export type ResourceBlock = Article["resources"][number];

export type NetworkQuery = Query<"listNetworks">;
export type GatheringQuery = Query<"listGatherings">;
export type AnnouncementQuery = Query<"listAnnouncements">;
export type ArticleQuery = Query<"listExperiences">;
export type SearchQuery = Query<"search">;

export type Language = NonNullable<NetworkQuery["locale"]>;
export type EventStatus = Gathering["event_status"]["value"];
export type RegistrationStatus = Gathering["registration_status"]["value"];

/** A part of a list. */
export interface Part<Item> {
  items: Item[];
  count: number;
  limit: number;
  offset: number;
}
