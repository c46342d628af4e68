import { useEffect } from "react";

/** What the help shows besides the pages' keys. */
export const shortcuts: { keys: string[]; does: string }[] = [
  { keys: ["?"], does: "Show this help" },
  { keys: ["/"], does: "Go to the filter of the page" },
  { keys: ["j", "k"], does: "Next and previous row of a table" },
  { keys: ["Enter"], does: "Open the row" },
  { keys: ["Esc"], does: "Close what is open" },
  { keys: ["l"], does: "Follow events live, on their page" },
  { keys: ["+"], does: "Make a new key, machine account or tenant, on Access" },
  { keys: ["t"], does: "Switch between light and dark" },
];

const sequenceWithin = 1_000;

/** Keys for the whole page, by what is typed: "?", "g o". Silent while somebody types text or holds Ctrl, Alt or Meta. */
export function useShortcuts(actions: Record<string, () => void>): void {
  useEffect(() => {
    let before = { key: "", at: 0 };
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || isPressing(event)) return;
      const first = event.timeStamp - before.at < sequenceWithin ? before.key : "";
      before = { key: event.key, at: event.timeStamp };
      const action = actions[`${first} ${event.key}`] ?? actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [actions]);
}

/** The page's filter is the element that says data-filter. */
export const focusFilter = (): void => document.querySelector<HTMLElement>("[data-filter]")?.focus();

/** Enter on a button or link is that one's. */
const isPressing = ({ key, target }: KeyboardEvent): boolean => key === "Enter" && target instanceof Element && target.closest("a, button") !== null;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button)$/.test(target.getAttribute("type") ?? ""));
}
