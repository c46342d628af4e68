import { Button, Group } from "@mantine/core";
import { ProblemAlert } from "../../../components/ProblemAlert";

interface Props {
  words: string;
  error: Error | null;
  isPending: boolean;
  onCancel: () => void;
}

/** The end of a form: what was refused, and its two buttons. */
export function FormButtons({ words, error, isPending, onCancel }: Props) {
  return (
    <>
      {error && <ProblemAlert error={error} />}
      <Group justify="end"><Button variant="default" onClick={onCancel}>Cancel</Button><Button type="submit" loading={isPending}>{words}</Button></Group>
    </>
  );
}
