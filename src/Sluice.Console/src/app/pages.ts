import { IconBook2, IconCertificate, IconChartBar, IconKey, IconListSearch, IconServer2, IconSettings, IconShare3 } from "@tabler/icons-react";
import { lazy, type ComponentType } from "react";
import type { Permission, Session } from "../api/types";

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
  component: ComponentType;
  /** The page of one item, at the path with its id. */
  one?: ComponentType;
}

/** Every page there is, in the order of the navigation. A new page is a line here, and its path in the server's ConsoleEndpoints. */
export const pages: Page[] = [
  { path: "/", title: "Overview", icon: IconChartBar, key: "o", component: lazy(() => import("../pages/overview/OverviewPage")) },
  { path: "/events", title: "Events", icon: IconListSearch, key: "e", needs: "read_events", component: lazy(() => import("../pages/events/EventsPage")), one: lazy(() => import("../pages/events/EventPage")) },
  {
    path: "/destinations", more: ["/destinations/:id", "/destinations/:id/edit"], title: "Destinations", icon: IconShare3, key: "d", needs: "view_destinations",
    aliases: ["/settings/audit/siem", "/admin/monitoring/audit-events/streams", "/admin/integrations/siem-export"],
    component: lazy(() => import("../pages/destinations/DestinationsPages")),
  },
  { path: "/integrity", title: "Integrity", icon: IconCertificate, key: "i", needs: "read_events", component: lazy(() => import("../pages/integrity/IntegrityPage")) },
  { path: "/catalogue", title: "Event catalogue", icon: IconBook2, key: "c", component: lazy(() => import("../pages/catalogue/CataloguePage")) },
  { path: "/access", title: "Access", icon: IconKey, key: "a", needs: "view_access", component: lazy(() => import("../pages/access/AccessPage")) },
  { path: "/nodes", title: "Nodes", icon: IconServer2, key: "n", needs: "view_operation", instanceOnly: true, component: lazy(() => import("../pages/nodes/NodesPage")) },
  { path: "/settings", title: "Settings", icon: IconSettings, key: "s", component: lazy(() => import("../pages/settings/SettingsPage")) },
];

export const isFor = (page: Page, session: Session): boolean =>
  (!page.needs || (session.permissions?.includes(page.needs) ?? false)) && (!page.instanceOnly || session.tenant_id === null);
