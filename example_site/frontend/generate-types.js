// Make TypeScript types of the OpenAPI document: `npm run types`. With the address of a document, as in
// `npm run types -- http://localhost:8000/api/prosjektnett/openapi.json`, that document is fetched and kept first.

import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const DOCUMENT = new URL("./openapi.json", import.meta.url);
const TYPES = new URL("./src/api/schema.ts", import.meta.url);

const [address] = process.argv.slice(2);
if (address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  await writeFile(DOCUMENT, JSON.stringify(sorted(withoutExamples(await answer.json())), null, 2) + "\n");
}

// A text that the document says is HTML has a type of its own, so that no other text can be shown as HTML by mistake.
const types = await openapiTS(JSON.parse(await readFile(DOCUMENT, "utf-8")), {
  inject: 'import type { Html } from "./html";\n',
  transform: (schema) =>
    schema.contentMediaType === "text/html" ? ts.factory.createTypeReferenceNode("Html") : undefined,
});
await writeFile(TYPES, astToString(types));

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

function withoutExamples(document) {
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path))
      for (const part of [operation.requestBody ?? {}, ...Object.values(operation.responses)])
        for (const content of Object.values(part.content ?? {})) delete content.example;
  return document;
}
