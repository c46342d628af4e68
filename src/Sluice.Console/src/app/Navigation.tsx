import { NavLink } from "@mantine/core";
import { Link } from "wouter";
import type { Page } from "./pages";

interface Props {
  pages: Page[];
  current: string;
  onNavigate: () => void;
}

export function Navigation({ pages, current, onNavigate }: Props) {
  return (
    <nav aria-label="Pages">
      {pages.map((page) => {
        const isHere = page.path === "/" ? current === "/" : current === page.path || current.startsWith(`${page.path}/`);
        return (
          <NavLink
            key={page.path} component={Link} href={page.path} label={page.title} active={isHere} onClick={onNavigate}
            leftSection={<page.icon size={17} stroke={1.7} />} aria-current={isHere ? "page" : undefined} variant="light" py={7}
          />
        );
      })}
    </nav>
  );
}
