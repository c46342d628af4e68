import { Textarea } from "@mantine/core";
import { useState } from "react";
import { networksFault } from "../networks";

interface Props {
  value: string;
  onChange: (text: string) => void;
  error: string | undefined;
  description?: string;
}

/** From where it may be used. What is wrong is said as soon as one leaves the field. */
export function NetworksInput({ value, onChange, error, description = "Addresses or CIDR blocks, IPv4 or IPv6, one each line. Empty: from everywhere." }: Props) {
  const [isLeft, setLeft] = useState(false);
  const fault = error ?? (isLeft ? networksFault(value) : null);
  return (
    <Textarea
      label="Only from these networks" description={description} placeholder={"203.0.113.0/24\n2001:db8::/32"} autosize minRows={2} maxRows={6} spellCheck={false}
      value={value} error={fault} onChange={(event) => { setLeft(false); onChange(event.currentTarget.value); }} onBlur={() => setLeft(true)} styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
    />
  );
}
