import { expect, test } from "vitest";
import { LiveBuffer } from "./liveBuffer";

test("what arrives waits in its order, and is taken once", () => {
  const buffer = new LiveBuffer(3);
  buffer.add("a");
  buffer.add("b");
  expect(buffer.waiting).toBe(2);
  expect(buffer.take()).toEqual(["a", "b"]);
  expect([buffer.waiting, buffer.take()]).toEqual([0, []]);
});

test("a flood is counted and not kept", () => {
  const buffer = new LiveBuffer(3);
  for (let i = 0; i < 10_000; i++) buffer.add(String(i));
  expect(buffer.waiting).toBe(10_000);
  expect(buffer.take()).toBeNull();
  buffer.add("after");
  expect(buffer.take()).toEqual(["after"]);
});
