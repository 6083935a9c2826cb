import type { VNode } from "preact";
import type { Gathering, Occurrence, Presentation } from "../api/types";
import { day } from "../language";
import { Body, Programme } from "../parts/blocks";
import { CalendarLink } from "../parts/calendar-link";
import { Download } from "../parts/download";
import { PageFrame, PageLead, Section } from "../parts/page";
import { Contacts, OrganisationName } from "../parts/people";
import { RichText } from "../parts/rich-text";
import { Seats } from "../parts/seats";
import { Status } from "../parts/status";
import { text } from "../texts";

/** A gathering: when and where, what is on, and what came out of it. */
export function GatheringView({ gathering }: { gathering: Gathering }): VNode {
  const {
    event_status,
    registration_status,
    season_of,
    target_audience,
    programme,
    presentations,
    contacts,
  } = gathering;
  return (
    <PageFrame
      page={gathering}
      kicker={
        <>
          {season_of?.text} <Status of={event_status} />
          {registration_status.value !== "none" && <Status of={registration_status} />}
        </>
      }
    >
      <PageLead page={gathering} />
      <Section title={text("timeAndPlace")}>
        <ul class="plain cards">
          {gathering.occurrences.map((each) => (
            <OccurrenceCard key={each.uid} occurrence={each} gathering={gathering} />
          ))}
        </ul>
        {gathering.occurrences.length > 1 && (
          <CalendarLink to={gathering.calendar}>{text("allInCalendar")}</CalendarLink>
        )}
        {target_audience && (
          <p>
            <strong>{text("forWhom")}</strong> {target_audience}
          </p>
        )}
      </Section>
      <Body blocks={gathering.body} />
      {programme.length > 0 && (
        <Section title={text("programme")}>
          <Programme blocks={programme} />
        </Section>
      )}
      {presentations.length > 0 && (
        <Section title={text("presentations")}>
          <ul>
            {presentations.map((each) => (
              <PresentationItem presentation={each} of={gathering.occurrences} />
            ))}
          </ul>
        </Section>
      )}
      <Evaluation gathering={gathering} />
      {contacts.length > 0 && (
        <Section title={text("contacts")}>
          <Contacts contacts={contacts} />
        </Section>
      )}
    </PageFrame>
  );
}

function OccurrenceCard({ occurrence, gathering }: { occurrence: Occurrence; gathering: Gathering }): VNode {
  const { name, when, location, event_status, registration_status } = occurrence;
  const deadline = occurrence.registration_deadline ?? gathering.registration_deadline;
  return (
    <li class="card">
      {name && <h3>{name}</h3>}
      <p>
        <time dateTime={when.starts_at}>{when.text}</time> <Status of={event_status} />
      </p>
      <p class="place">
        {location.place && <span>{location.place}</span>}
        {location.address && <span>{location.address}</span>}
        {location.municipality && (
          <span>
            <OrganisationName organisation={location.municipality} />
          </span>
        )}
        {location.is_online && <span>{text("online")}</span>}
      </p>
      <CalendarLink to={occurrence.calendar}>
        {text("inCalendar")}
        {name && <span class="visually-hidden"> – {name}</span>}
      </CalendarLink>
      {registration_status.value !== "none" && (
        <>
          <p>
            <Status of={registration_status} /> <Seats of={occurrence} />
          </p>
          {registration_status.value === "not_yet_open" && gathering.registration_opens && (
            <p>
              {text("opens")} {day(gathering.registration_opens)}
            </p>
          )}
          {deadline && (
            <p>
              {text("deadline")} {day(deadline)}
            </p>
          )}
          <SignUp occurrence={occurrence} gathering={gathering} />
        </>
      )}
    </li>
  );
}

function SignUp({ occurrence, gathering }: { occurrence: Occurrence; gathering: Gathering }): VNode | null {
  const status = occurrence.registration_status.value;
  const { registration_method: method, registration_link: link, registration_email: email } = gathering;
  const form = `?signup=${occurrence.uid}`;
  const url = { none: "", link, email: `mailto:${email}`, built_in: form }[method];
  if (!url || (status !== "open" && status !== "waiting_list")) return null;
  return (
    <p>
      <a class="button" href={url}>
        {text(status === "open" ? "signUp" : "waitingList")}
        {occurrence.name && <span class="visually-hidden"> – {occurrence.name}</span>}
      </a>
    </p>
  );
}

function PresentationItem(props: { presentation: Presentation; of: Occurrence[] }): VNode {
  const { presentation, of } = props;
  const heldAt = of.find(({ uid }) => uid === presentation.occurrence_uid)?.name;
  return (
    <li>
      <Download {...presentation} />
      <span class="quiet"> {[presentation.speaker, heldAt].filter(Boolean).join(", ")}</span>
    </li>
  );
}

function Evaluation({ gathering }: { gathering: Gathering }): VNode | null {
  const { survey_link, evaluation_summary, evaluation_outcome } = gathering;
  if (!survey_link && !evaluation_summary && !evaluation_outcome) return null;
  return (
    <Section title={text("evaluation")}>
      {survey_link && (
        <p>
          <a href={survey_link}>{text("survey")}</a>
        </p>
      )}
      {evaluation_summary && <h3>{text("participants")}</h3>}
      <RichText html={evaluation_summary} />
      {evaluation_outcome && <h3>{text("outcome")}</h3>}
      <RichText html={evaluation_outcome} />
    </Section>
  );
}
