import { Text } from "@mantine/core";
import { Link } from "wouter";
import { EmptyState } from "../components/EmptyState";
import { Page } from "../components/Page";

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <EmptyState title="There is no such page, or your key has no use for it" height={240}>
        <Text span fz="sm"><Link href="/">Go to the overview</Link>, or sign in with another key.</Text>
      </EmptyState>
    </Page>
  );
}
