export const tabs = ["keys", "accounts", "tenants", "roles"] as const;
export type Tab = (typeof tabs)[number];

/** What the page shows; all of it stands in the address. */
export interface View {
  tab: Tab;
  find: string;
  /** The id of the key, account or tenant that is open. */
  open: string | null;
}

export function readView(search: string): View {
  const given = new URLSearchParams(search);
  const tab = tabs.find((one) => one === given.get("tab")) ?? "keys";
  return { tab, find: given.get("find") ?? "", open: given.get("open") };
}

export function writeView({ tab, find, open }: View): string {
  const given = new URLSearchParams();
  if (tab !== "keys") given.set("tab", tab);
  if (find) given.set("find", find);
  if (open) given.set("open", open);
  const text = given.toString();
  return text ? `?${text}` : "";
}
