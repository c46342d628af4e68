import { Skeleton, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  title: string;
  /** Beside the title. */
  tools?: ReactNode;
  /** Its content reaches the edges, as tables do. */
  flush?: boolean;
  children: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, tools, flush, children }: Props) {
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head"><Title order={2} fz="md">{title}</Title>{tools}</div>
      <div className="panel-body" data-flush={flush || undefined}>{children}</div>
    </section>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  /** Of the content, so that nothing moves when it comes; on phones, where texts have more lines, it may be another. */
  height: number | { base: number; sm: number };
  children: (data: T) => ReactNode;
}

/** What a query brings: a skeleton before, its refusal instead, and its last answer while it is asked again. */
export function Loaded<T>({ query, height, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemAlert error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton h={height} radius={4} aria-busy aria-label="Loading" />;
}
