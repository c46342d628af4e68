import { NativeSelect, Stack, Text } from "@mantine/core";
import type { AccessKey } from "../../../api/types";
import { Time } from "../../../components/Time";
import { useNow } from "../../../components/useNow";
import { millis, toApi } from "../../../text/times";
import { useAccess } from "../access";
import { endOf, expiryFault, usualExpiry, type Expiry } from "../expiry";
import { found } from "../form/draft";
import { ExpiryInput } from "../form/ExpiryInput";
import { FormButtons } from "../form/FormButtons";
import { useForm } from "../form/useForm";
import { rotateKey, useChange } from "../queries";
import { MakingModal, type Made } from "./MakingModal";

const hour = 3_600_000;

const overlaps = [
  { value: "1h", label: "1 hour", length: hour },
  { value: "24h", label: "24 hours", length: 24 * hour },
  { value: "7d", label: "7 days", length: 168 * hour },
  { value: "30d", label: "30 days", length: 720 * hour },
  { value: "90d", label: "90 days", length: 2160 * hour },
];

interface Draft {
  overlap: string;
  expiry: Expiry;
}

/** A key that follows another one. */
export function RotationDialog({ of: key, onClose }: { of: AccessKey; onClose: () => void }) {
  const { show } = useAccess();
  return <MakingModal title={`Rotate ${key.name}`} onClose={onClose} onDone={() => { onClose(); show({ open: null }); }}>{(onMade) => <RotationForm of={key} onMade={onMade} onClose={onClose} />}</MakingModal>;
}

function RotationForm({ of: key, onMade, onClose }: { of: AccessKey; onMade: (made: Made) => void; onClose: () => void }) {
  const now = useNow();
  const rotate = useChange(
    ({ overlap, expiry }: Draft) => rotateKey(key.id, { overlap, expires_at: endOf(expiry, Date.now()) }),
    ({ created, replaces }) => onMade({ key: created, oldEnds: replaces.expires_at }),
  );
  const usual: Draft = { overlap: "24h", expiry: key.expires_at === null ? { ...usualExpiry, preset: "never" } : usualExpiry };
  const { draft, set, fault, submit, error } = useForm(() => usual, ({ expiry }) => found({ expires_at: expiryFault(expiry, Date.now()) }), rotate, ["overlap", "expires_at"]);
  const end = Math.min(key.expires_at === null ? Infinity : millis(key.expires_at), now + (overlaps.find(({ value }) => value === draft.overlap)?.length ?? 0));
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text fz="sm">A new key takes its place, with the same role, tenant and networks. Both work for a while, so that nothing stops while you put the new one where the old one is.</Text>
        <div>
          <NativeSelect label="The old key works on for" w={210} data={overlaps.map(({ value, label }) => ({ value, label }))} value={draft.overlap} onChange={(event) => set({ overlap: event.currentTarget.value })} error={fault("overlap")} data-autofocus />
          <Text fz="xs" c="dimmed" mt={4}>Until <Time at={toApi(end)} as="full" />; who is signed in with it, too. Revoke it when nothing uses it any more.</Text>
        </div>
        <ExpiryInput label="The new key ends" value={draft.expiry} onChange={(expiry) => set({ expiry })} error={fault("expires_at")} />
        <FormButtons words="Make the new key" error={error} isPending={rotate.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
