import type { Person } from "./queries";

const mostShown = 30;

/** Who fits what is typed: each word in the name, the address or the id. Those whose name begins so come first, then the busiest. One line for each id. */
export function findPeople(people: readonly Person[], sought: string): Person[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (person: Person) => words.every((word) => [person.name, person.email, person.id].some((text) => text?.toLowerCase().includes(word)));
  const begins = (person: Person) => Number((person.name ?? person.id).toLowerCase().startsWith(words[0] ?? ""));
  return merged(people).filter(fits).toSorted((a, b) => begins(b) - begins(a) || b.count - a.count).slice(0, mostShown);
}

/** Somebody who was renamed is one and the same. */
function merged(people: readonly Person[]): Person[] {
  const byId = new Map<string, Person>();
  for (const person of people) {
    const known = byId.get(person.id);
    byId.set(person.id, known ? { ...known, name: known.name ?? person.name, email: known.email ?? person.email, count: known.count + person.count } : person);
  }
  return [...byId.values()];
}
