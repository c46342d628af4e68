// What a test gives its script: JSON on standard input.
import { readFileSync } from "node:fs";

export const input = JSON.parse(readFileSync(0, "utf8"));

// Times of events have nine digits of a second.
export const milliseconds = (event) => Date.parse(event.timestamp);
export const nanoseconds = (time) => BigInt(Date.parse(time.slice(0, 19) + "Z")) * 1_000_000n + BigInt(time.slice(20, 29));
