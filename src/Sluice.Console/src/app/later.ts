import { lazy, type ComponentType, type LazyExoticComponent } from "react";

/** A component whose part of the program is loaded when it is first shown, or was begun before. */
export type Later = LazyExoticComponent<ComponentType> & { begin: () => void };

export function later(load: () => Promise<{ default: ComponentType }>): Later {
  let begun: ReturnType<typeof load> | undefined;
  const once = () => (begun ??= load());
  // What fails here fails again, and is told, where the page is shown.
  return Object.assign(lazy(once), { begin: () => void once().catch(() => { begun = undefined; }) });
}
