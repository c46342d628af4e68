import { AppShell, Burger, Group, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Suspense, useMemo } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { PageSkeleton } from "../components/Page";
import { NotFoundPage } from "../pages/NotFoundPage";
import { ErrorBoundary } from "./ErrorBoundary";
import { HeaderTools } from "./HeaderTools";
import { Logo } from "./Logo";
import { Navigation } from "./Navigation";
import { isFor, pages } from "./pages";
import { useSession } from "./session";
import { ShortcutHelp } from "./ShortcutHelp";
import { focusFilter, useShortcuts } from "./shortcuts";

/** The frame around every page: its head, the navigation, and keys that work everywhere. */
export function Shell() {
  const session = useSession();
  const [location, navigate] = useLocation();
  const [isMenuOpen, menu] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  const { toggleColorScheme } = useMantineColorScheme();
  const mine = useMemo(() => pages.filter((page) => isFor(page, session)), [session]);
  useShortcuts(useMemo(() => ({
    "?": help.toggle,
    "/": focusFilter,
    t: toggleColorScheme,
    ...Object.fromEntries(mine.map((page) => [`g ${page.key}`, () => navigate(page.path)])),
  }), [help.toggle, toggleColorScheme, mine, navigate]));

  return (
    <AppShell header={{ height: 48 }} navbar={{ width: 196, breakpoint: "sm", collapsed: { mobile: !isMenuOpen } }} padding="md">
      <a className="skip" href="#page">Skip to the page</a>
      <AppShell.Header px="md" bg="var(--sluice-panel)">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger hiddenFrom="sm" size="sm" opened={isMenuOpen} onClick={menu.toggle} aria-label="Navigation" aria-expanded={isMenuOpen} />
            <Logo />
          </Group>
          <HeaderTools showHelp={help.open} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" bg="var(--sluice-panel)">
        <Navigation pages={mine} current={location} onNavigate={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <ErrorBoundary of={location}>
          <Suspense fallback={<PageSkeleton />}>
            <Switch>
              <Route path="/sign-in"><Redirect to="/" replace /></Route>
              {mine.map((page) => page.one && <Route key={page.path} path={`${page.path}/:id`} component={page.one} />)}
              {mine.flatMap((page) => [page.path, ...(page.more ?? [])].map((path) => <Route key={path} path={path} component={page.component} />))}
              {mine.flatMap((page) => (page.aliases ?? []).map((path) => <Route key={path} path={path}><Redirect to={page.path} replace /></Route>))}
              <Route><NotFoundPage /></Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </AppShell.Main>
      <ShortcutHelp opened={isHelpOpen} onClose={help.close} pages={mine} />
    </AppShell>
  );
}
