// Writes src/api/kinds.gen.ts: the kinds of destination and their members, as the API's description has them.
import { readFileSync, writeFileSync } from "node:fs";

const { schemas } = JSON.parse(readFileSync(new URL("../../tests/Sluice.Tests/Approved/openapi.v1.json", import.meta.url), "utf8")).components;

const kindOf = ({ type, enum: values, format }) => {
  if (values) return "choice";
  if (format === "password") return "secret";
  return [type].flat().find((one) => one !== "null") ?? "string";
};

const fieldOf = (name, schema, required) => ({
  name,
  kind: kindOf(schema),
  required,
  nullable: [schema.type].flat().includes("null"),
  ...(schema.default === undefined ? {} : { default: schema.default }),
  ...(schema.enum ? { choices: schema.enum.filter((one) => one !== null) } : {}),
  description: schema.description ?? "",
});

const fieldsOf = ({ properties, required }) =>
  Object.entries(properties).filter(([name]) => name !== "provider" && name !== "force").map(([name, schema]) => fieldOf(name, schema, required.includes(name)));

const mapping = Object.entries(schemas.DestinationInput.discriminator.mapping);
const kinds = Object.fromEntries(mapping.map(([provider, reference]) => [provider, fieldsOf(schemas[reference.split("/").at(-1)])]));

writeFileSync(new URL("src/api/kinds.gen.ts", import.meta.url), `export const kindFields = ${JSON.stringify(kinds)} as const;\n`);
