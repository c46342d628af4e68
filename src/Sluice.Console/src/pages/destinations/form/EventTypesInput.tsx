import { TagsInput } from "@mantine/core";
import { useMemo } from "react";
import { useEventTypes } from "../queries";

interface Props {
  label: string;
  description: string;
  value: string[];
  onChange: (value: string[]) => void;
  error?: string | undefined;
}

/** Event types, chosen by searching among those that came and those of the catalogue, or typed, also with a trailing .* */
export function EventTypesInput(props: Props) {
  const { data } = useEventTypes();
  const groups = useMemo(() => [
    { group: "Whole families", items: families([...(data?.seen ?? []), ...(data?.known ?? [])]) },
    { group: "Seen here", items: data?.seen ?? [] },
    { group: "In the catalogue", items: data?.known ?? [] },
  ].filter(({ items }) => items.length > 0), [data]);
  return <TagsInput {...props} data={groups} limit={60} clearable clearButtonProps={{ "aria-label": `Clear ${props.label.toLowerCase()}` }} placeholder={props.value.length ? "" : "Search, or type one"} comboboxProps={{ shadow: "sm" }} maxDropdownHeight={260} />;
}

/** user.* for what begins with "user.", where there are several. */
function families(names: string[]): string[] {
  const first = names.filter((name) => name.includes(".")).map((name) => name.split(".")[0]);
  return [...new Set(first.filter((one, index) => first.indexOf(one) !== index))].toSorted().map((one) => `${one}.*`);
}
