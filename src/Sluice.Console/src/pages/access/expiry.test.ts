import { describe, expect, it } from "vitest";
import { endOf, expiryFault, usualExpiry } from "./expiry";

const now = new Date(2026, 2, 17, 9, 0).getTime();

describe("the end of a key", () => {
  it("is so many days from now", () => expect(endOf(usualExpiry, now)).toBe(new Date(now + 90 * 86_400_000).toISOString()));
  it("is the end of the day that was chosen", () => expect(endOf({ preset: "day", day: "2026-03-31" }, now)).toBe(new Date(2026, 3, 1).toISOString()));
  it("may be never", () => expect(endOf({ preset: "never", day: "" }, now)).toBeNull());

  it("has to be a day that is not over", () => {
    expect(expiryFault({ preset: "day", day: "" }, now)).toContain("Choose the last day");
    expect(expiryFault({ preset: "day", day: "2026-03-16" }, now)).toBe("This day is over.");
    expect(expiryFault({ preset: "day", day: "2026-03-17" }, now)).toBeNull();
  });
});
