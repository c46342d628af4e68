import { expect, test } from "vitest";
import { findPeople } from "./people";

const people = [
  { id: "usr_ben", name: "Ben Larsen", email: "ben@acme.example", count: 50 },
  { id: "usr_ada", name: "Ada Okafor", email: "ada@acme.example", count: 9 },
  { id: "usr_ada", name: "Ada Smith", email: null, count: 2 },
  { id: "mch_1", name: null, email: null, count: 70 },
];

const found = (sought: string) => findPeople(people, sought).map((person) => person.id);

test("people are found by any part of their name, address or id, in any case", () => {
  expect(found("okaf ADA")).toEqual(["usr_ada"]);
  expect(found("acme")).toEqual(["usr_ben", "usr_ada"]);
  expect(found("mch")).toEqual(["mch_1"]);
  expect(found("nobody")).toEqual([]);
});

test("without a word the busiest come first", () => expect(found("")).toEqual(["mch_1", "usr_ben", "usr_ada"]));

test("somebody who was renamed is one and the same", () => expect(findPeople(people, "ada")).toEqual([{ id: "usr_ada", name: "Ada Okafor", email: "ada@acme.example", count: 11 }]));
