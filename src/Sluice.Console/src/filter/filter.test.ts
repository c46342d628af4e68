import { expect, test } from "vitest";
import { complete, proposals, slotAt, type Slot } from "./completion";
import { requiredValue, requirements, requires, withTerm, without } from "./edit";
import { parse } from "./parse";
import { columnOf, placeOf } from "./tokens";

/** Where the caret stands at the end. */
function slotAfter(text: string): Slot {
  const slot = slotAt(text, text.length);
  if (!slot) throw new Error("There is no slot.");
  return slot;
}

const columnOfProblem = (text: string): number | null => {
  const { problem } = parse(text);
  return problem && columnOf(text, problem.at);
};

test.each([
  'actor.id EQ "ada"',
  'resource.type = "certificate" and (metadata.validity_days > 60 OR NOT outcome EQ "success")',
  'outcome IN ("failure", "denied")',
  'metadata."k8s.io/pod" EQ "web-1"',
  "metadata.in EQ true",
  'actor.department EQ "a \\"quoted\\" \\\\ text"',
  "((outcome != \"success\"))",
])("the filter %s is read", (text) => expect(parse(text).problem).toBeNull());

test.each([
  ['actor.id EQ "ada" AND outcome EQ', 33, "Expected a quoted text, a number, true or false, found the end."],
  ["colour EQ 1", 1, "There is no field colour."],
  ['actor.id IS "ada"', 10, "Expected EQ, NE, GT, GE, LT, LE, IN, PREFIX or CONTAINS, found 'IS'."],
  ['outcome EQ "success" outcome', 22, "Expected AND, OR or the end, found 'outcome'."],
  ['(outcome EQ "success"', 22, "Expected AND, OR or ), found the end."],
  ['actor.id EQ "ada', 17, "The text that begins in column 13 is not closed: it needs a double quote at its end."],
  ['actor.name EQ "😀" ; ', 19, "This character has no meaning here. Texts stand in double quotes."],
])("what is wrong with %s is marked in column %i", (text, column, message) => {
  expect(columnOfProblem(text)).toBe(column);
  expect(parse(text).problem?.message).toBe(message);
});

test("columns count characters, not code units", () => expect(placeOf('"😀" x', 5)).toBe(5));

test("parentheses, however many, are no danger", () => expect(parse("(".repeat(4000)).problem).not.toBeNull());

test("a filter is shown as what it requires", () => {
  const filter = 'actor.id EQ "ada" AND (outcome EQ "denied" OR outcome EQ "failure") AND NOT action PREFIX "user."';
  expect(requirements(filter)?.map(({ text }) => text)).toEqual(['actor.id EQ "ada"', '(outcome EQ "denied" OR outcome EQ "failure")', 'NOT action PREFIX "user."']);
  expect(without(filter, 1)).toBe('actor.id EQ "ada" AND NOT action PREFIX "user."');
  expect(requirements('(outcome EQ "denied" AND action EQ "a")')).toHaveLength(1);
  expect(requirements("outcome EQ")).toBeNull();
  expect(requires(filter, "actor.id")).toBe(true);
  expect(requires(filter, "outcome")).toBe(false);
});

test("a click adds a requirement, and takes the place of one of the same field", () => {
  expect(withTerm("", ["outcome"], "denied")).toBe('outcome EQ "denied"');
  expect(withTerm('outcome EQ "denied"', ["actor", "id"], 'a"b')).toBe('outcome EQ "denied" AND actor.id EQ "a\\"b"');
  expect(withTerm('actor.id EQ "ada" AND outcome EQ "denied"', ["actor", "id"], "bob")).toBe('outcome EQ "denied" AND actor.id EQ "bob"');
  expect(withTerm('outcome NE "denied"', ["outcome"], "failure", "NE")).toBe('outcome NE "denied" AND outcome NE "failure"');
  expect(withTerm('action EQ "a" OR action EQ "b"', ["metadata", "k8s.io/pod"], "web")).toBe('(action EQ "a" OR action EQ "b") AND metadata."k8s.io/pod" EQ "web"');
  expect(requiredValue('actor.id EQ "ada" AND outcome EQ "denied"', "actor.id")).toBe("ada");
  expect(requiredValue('actor.id EQ "ada" OR outcome EQ "denied"', "actor.id")).toBeNull();
});

test.each([
  ["", "field"],
  ["act", "field"],
  ["actor.", "field"],
  ["actor.id ", "operator"],
  ["actor.id E", "operator"],
  ["actor.id EQ ", "value"],
  ['actor.id EQ "a', "value"],
  ['actor.id EQ "ada" ', "connective"],
  ['actor.id EQ "ada" AND ', "field"],
  ['actor.id EQ "ada" AND NOT (', "field"],
  ["outcome IN ", "list"],
  ['outcome IN ("denied", ', "list"],
  ['outcome IN ("denied") ', "connective"],
])("after %j comes a %s", (text, expects) => expect(slotAt(text, text.length)?.expects).toBe(expects));

test("what is written narrows what is proposed, and is replaced by it", () => {
  const text = "actor.i";
  const slot = slotAfter(text);
  expect(proposals(slot, []).map((one) => one.text)[0]).toBe("actor.id");
  expect(complete(text, slot, text.length, "actor.id")).toEqual({ text: "actor.id ", caret: 9 });
});

test("fields are found by what people call them", () => expect(proposals(slotAfter("address"), []).map((one) => one.text)).toContain("source_ip"));

test("known values are proposed for the field, quoted", () => {
  const text = 'outcome EQ "de';
  const slot = slotAfter(text);
  expect(slot.field?.name).toBe("outcome");
  expect(proposals(slot, [{ text: "success", hint: "" }, { text: "denied", hint: "12" }])).toEqual([{ text: '"denied"', hint: "12" }]);
  expect(complete(text, slot, text.length, '"denied"').text).toBe('outcome EQ "denied" ');
});

test("a list opens its parenthesis by itself", () => {
  const slot = slotAfter("outcome IN ");
  expect(complete("outcome IN ", slot, 11, '"denied"').text).toBe('outcome IN ("denied" ');
});
