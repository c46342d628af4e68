import { expect, test } from "vitest";
import { categoriesOf, findTypes } from "./find";

const type = (name: string, category: string, en: string, de: string, source: string | null = null) => ({ name, category, labels: { en, de }, description: "", source });
const types = [type("user.login", "authentication", "User signed in", "Benutzer angemeldet"), type("key.create", "access", "Key created", "Schlüssel angelegt", "sluice")];

const found = (sought: string, category: string | null = null) => findTypes(types, sought, category).map(({ name }) => name);

test("types are found in either language, by name and by category", () => {
  expect(found("signed user")).toEqual(["user.login"]);
  expect(found("SCHLÜSSEL")).toEqual(["key.create"]);
  expect(found("", "access")).toEqual(["key.create"]);
  expect(found("login", "access")).toEqual([]);
});

test("categories stand in their order, each once", () => expect(categoriesOf([...types, ...types])).toEqual(["access", "authentication"]));
