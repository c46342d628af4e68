import { NativeSelect, Stack } from "@mantine/core";
import { useState } from "react";
import { CodeBlock } from "../../../components/CodeBlock";
import { Loaded } from "../../../components/Panel";
import { useSpelled, type EventPlace } from "./queries";

/** As destinations name them, and as their readers do. */
const profiles = [
  ["zaita", "Zaita"], ["veza", "Veza"], ["truthlocks", "Truthlocks"], ["gitlab", "GitLab"], ["zitadel", "ZITADEL"], ["cloudevents", "CloudEvents"],
  ["ocsf", "OCSF"], ["ecs", "Elastic Common Schema"], ["cef", "ArcSight CEF"], ["leef", "QRadar LEEF"], ["sluice", "Sluice"],
] as const;

/** What a destination of each profile gets of the event. */
export function ProfilesTab({ place }: { place: EventPlace }) {
  const [profile, setProfile] = useState<string>("ocsf");
  return (
    <Stack gap="sm">
      <NativeSelect label="As a destination of this profile gets it" value={profile} onChange={(event) => setProfile(event.currentTarget.value)} data={profiles.map(([value, label]) => ({ value, label: `${label} (${value})` }))} maw={300} />
      <Loaded query={useSpelled(place, profile)} height={320}>{({ text }) => <CodeBlock label={`the event in profile ${profile}`}>{text}</CodeBlock>}</Loaded>
    </Stack>
  );
}
