/** People and organisations. */

import type { VNode } from "preact";
import type { Contact, Member, Organisation, Person } from "../api/types";

/** The names of an organisation, each marked with its language. */
export function OrganisationName({ organisation }: { organisation: Organisation }): VNode {
  return (
    <>
      {organisation.names.map(({ name, language }, index) => (
        <>
          {index > 0 && " – "}
          <span lang={language || undefined}>{name}</span>
        </>
      ))}
    </>
  );
}

/** Whom to ask, and how. */
export function PersonCard({ person, role }: { person: Person; role?: string }): VNode {
  return (
    <div class="person">
      <p class="person-name">{person.name}</p>
      {role && <p class="quiet">{role}</p>}
      {person.title && <p>{person.title}</p>}
      {person.organisation && (
        <p>
          <OrganisationName organisation={person.organisation} />
        </p>
      )}
      {person.email && (
        <p>
          <a href={`mailto:${person.email}`}>{person.email}</a>
        </p>
      )}
      {person.phone && (
        <p>
          <a href={`tel:${person.phone.replaceAll(" ", "")}`}>{person.phone}</a>
        </p>
      )}
    </div>
  );
}

/** People in a list. */
export function Contacts({ contacts }: { contacts: Contact[] }): VNode {
  return (
    <ul class="plain">
      {contacts.map(({ person, role_label }) => (
        <li>
          <PersonCard person={person} role={role_label} />
        </li>
      ))}
    </ul>
  );
}

/** The organisations that take part, each in its role and period. */
export function Members({ members }: { members: Member[] }): VNode {
  return (
    <ul class="plain">
      {members.map(({ organisation, role_label, takes_part_from, takes_part_to }) => (
        <li>
          {organisation.website ? (
            <a href={organisation.website}>
              <OrganisationName organisation={organisation} />
            </a>
          ) : (
            <OrganisationName organisation={organisation} />
          )}
          <span class="quiet member-role">
            {[role_label, years(takes_part_from, takes_part_to)].filter(Boolean).join(", ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function years(from: string | null, to: string | null): string {
  return from || to ? `${from?.slice(0, 4) ?? ""}–${to?.slice(0, 4) ?? ""}` : "";
}
