import type { EventType } from "../../api/types";

/** Types of which every word that is sought is in their name, labels, category or description. */
export function findTypes(types: readonly EventType[], sought: string, category: string | null): EventType[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ name, labels, category: its, description }: EventType) => [name, labels.en, labels.de, its, description].join(" ").toLowerCase();
  return types.filter((type) => (!category || type.category === category) && words.every((word) => text(type).includes(word)));
}

/** Every category there is, by name. */
export const categoriesOf = (types: readonly EventType[]): string[] => [...new Set(types.map((type) => type.category))].toSorted();

/** "certificate_lifecycle" as people say it. */
export const categoryWords = (category: string): string => category.replace(/_/g, " ");
