const two = (value: number): string => String(value).padStart(2, "0");

/** A field of type datetime-local has no zone: it is the viewer's. */
export function toField(api: string): string {
  const at = new Date(api);
  if (api === "" || Number.isNaN(at.getTime())) return "";
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

export function fromField(field: string): string {
  const at = new Date(field);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString();
}

/** What somebody typed as the edge of a range: a sequence, or a time. Null for nothing, undefined for what is neither. */
export function edge(text: string): number | string | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (/^\d+$/.test(trimmed)) return Number(trimmed);
  return Number.isNaN(Date.parse(trimmed)) ? undefined : trimmed;
}
