import { IconBook2, IconCertificate, IconChartBar, IconKey, IconListSearch, IconServer2, IconSettings, IconShare3 } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Permission, Session } from "../api/types";
import { later, type Later } from "./later";

export interface Page {
  path: string;
  /** Further paths that it has, such as one for each item. */
  more?: string[];
  /** Where other products have it: they lead to it. */
  aliases?: string[];
  title: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** The second key of its shortcut: g, then this one. */
  key: string;
  /** Nothing: everybody. */
  needs?: Permission;
  instanceOnly?: boolean;
  component: Later;
  /** The page of one item, at the path with its id. */
  one?: Later;
}

/** Every page there is, in the order of the navigation. A new page is a line here, and its path in the server's ConsoleEndpoints. */
export const pages: Page[] = [
  { path: "/", title: "Overview", icon: IconChartBar, key: "o", component: later(() => import("../pages/overview/OverviewPage")) },
  { path: "/events", title: "Events", icon: IconListSearch, key: "e", needs: "read_events", component: later(() => import("../pages/events/EventsPage")), one: later(() => import("../pages/events/EventPage")) },
  {
    path: "/destinations", more: ["/destinations/:id", "/destinations/:id/edit"], title: "Destinations", icon: IconShare3, key: "d", needs: "view_destinations",
    aliases: ["/settings/audit/siem", "/admin/monitoring/audit-events/streams", "/admin/integrations/siem-export"],
    component: later(() => import("../pages/destinations/DestinationsPages")),
  },
  { path: "/integrity", title: "Integrity", icon: IconCertificate, key: "i", needs: "read_events", component: later(() => import("../pages/integrity/IntegrityPage")) },
  { path: "/catalogue", title: "Event catalogue", icon: IconBook2, key: "c", component: later(() => import("../pages/catalogue/CataloguePage")) },
  { path: "/access", title: "Access", icon: IconKey, key: "a", needs: "view_access", component: later(() => import("../pages/access/AccessPage")) },
  { path: "/nodes", title: "Nodes", icon: IconServer2, key: "n", needs: "view_operation", instanceOnly: true, component: later(() => import("../pages/nodes/NodesPage")) },
  { path: "/settings", title: "Settings", icon: IconSettings, key: "s", component: later(() => import("../pages/settings/SettingsPage")) },
];

export const isFor = (page: Page, session: Session): boolean =>
  (!page.needs || (session.permissions?.includes(page.needs) ?? false)) && (!page.instanceOnly || session.tenant_id === null);

/** Has a page's part of the program on its way before anybody knows who is signed in. */
export function beginToLoad(path: string): void {
  const page = pages.find((one) => one.path === path) ?? pages.find((one) => one.path !== "/" && path.startsWith(`${one.path}/`));
  (page?.path !== path && page?.one ? page.one : page?.component)?.begin();
}
