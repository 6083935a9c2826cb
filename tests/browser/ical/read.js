// Reads a calendar from standard input, and writes what is in it as JSON: times in UTC, by the zones in the file itself.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

// RFC 7986, 5.1: it is a text, which ical.js does not know of it yet.
ICAL.design.icalendar.property.name = { defaultType: "text" };

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
ICAL.TimezoneService.reset();
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

const text = (component, name) => component.getFirstPropertyValue(name)?.toString() ?? null;
const time = (value) => (value.isDate ? value.toString() : value.toJSDate().toISOString());

const entries = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description ?? null,
    location: event.location ?? null,
    sequence: event.sequence,
    start: time(event.startDate),
    end: time(event.endDate),
    status: text(component, "status"),
    url: text(component, "url"),
    stamp: time(component.getFirstPropertyValue("dtstamp")),
    modified: time(component.getFirstPropertyValue("last-modified")),
    categories: component.getFirstProperty("categories")?.getValues() ?? [],
  };
});

const refresh = calendar.getFirstPropertyValue("refresh-interval").toSeconds();
const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => text(zone, "tzid"));
console.log(JSON.stringify({ name: text(calendar, "name"), url: text(calendar, "url"), refresh, zones, entries }));
