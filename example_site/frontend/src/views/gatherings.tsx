import type { VNode } from "preact";
import { readAllGatherings, readGatherings } from "../api/client";
import type { EventStatus, Gathering, GatheringQuery, Reference } from "../api/types";
import { Loaded } from "../loading";
import { GatheringCard } from "../parts/cards";
import { type Choice, Filters, Listing, offsetOf, Select } from "../parts/lists";
import { PageFrame } from "../parts/page";
import { text } from "../texts";

const STATUSES: Record<"upcoming" | "held", EventStatus[]> = {
  upcoming: ["ongoing", "scheduled", "tentative", "postponed"],
  held: ["held"],
};

/** The gatherings of a network, by what the address asks for. */
export function GatheringsView(props: { page: Reference; path: string; query: URLSearchParams }): VNode {
  const { page, path, query } = props;
  const network = page.network?.id;
  return (
    <PageFrame page={page}>
      {network !== undefined && (
        <Loaded isPart by={`choices ${network}`} read={() => readAllGatherings(network)}>
          {(all) => <GatheringFilters all={all} path={path} query={query} />}
        </Loaded>
      )}
      <Loaded isPart by={query.toString()} read={() => readGatherings(asked(network, query))}>
        {(part) => (
          <Listing
            part={part}
            what="gathering"
            path={path}
            query={query}
            class="cards"
            empty={text("emptyGatherings")}
          >
            {(gathering) => <GatheringCard key={gathering.id} gathering={gathering} level={2} />}
          </Listing>
        )}
      </Loaded>
    </PageFrame>
  );
}

/** Return the question for the API. Those to come have the next first, others the latest. */
function asked(network: number | undefined, query: URLSearchParams): GatheringQuery {
  const when = query.get("when");
  const [season, year] = (query.get("season") ?? "").split("-");
  const registration = query.get("registration");
  // What a reader has written in the address may be no value of these types: the API then refuses it, and says why.
  return {
    network,
    event_status: when === "upcoming" || when === "held" ? STATUSES[when] : undefined,
    region: query.get("region") ?? undefined,
    municipality: query.get("municipality") ?? undefined,
    season: (season || undefined) as GatheringQuery["season"],
    year: year ? Number(year) : undefined,
    registration_status: registration ? ([registration] as GatheringQuery["registration_status"]) : undefined,
    latest_first: when !== "upcoming",
    offset: offsetOf(query),
  };
}

function GatheringFilters(props: { all: Gathering[]; path: string; query: URLSearchParams }): VNode {
  const { all, path, query } = props;
  const occurrences = all.flatMap((gathering) => gathering.occurrences);
  return (
    <Filters label={text("filterGatherings")} path={path} submit={text("show")} isOn={query.size > 0}>
      <Select
        name="when"
        label={text("when")}
        value={query.get("when")}
        choices={[
          { value: "upcoming", label: text("whenUpcoming") },
          { value: "held", label: text("whenHeld") },
        ]}
      />
      <Select
        name="region"
        label={text("region")}
        value={query.get("region")}
        choices={distinct(occurrences.map(({ name }) => name && { value: name, label: name }))}
      />
      <Select
        name="municipality"
        label={text("municipality")}
        value={query.get("municipality")}
        choices={distinct(
          occurrences.map(
            ({ location: { municipality: place } }) =>
              place && { value: place.municipality_number, label: place.name },
          ),
        )}
      />
      <Select
        name="season"
        label={text("season")}
        value={query.get("season")}
        choices={distinct(
          all.map(({ season_of: of }) => of && { value: `${of.season}-${of.year}`, label: of.text }),
        )}
      />
      <Select
        name="registration"
        label={text("registration")}
        value={query.get("registration")}
        choices={distinct(occurrences.map(({ registration_status }) => registration_status))}
      />
    </Filters>
  );
}

/** Return each choice once, in the order of the first of it. */
function distinct(choices: (Choice | "" | null)[]): Choice[] {
  return [...new Map(choices.filter((choice) => !!choice).map((choice) => [choice.value, choice])).values()];
}
