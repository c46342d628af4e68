import { expect, test } from "vitest";
import { curl } from "./curl";
import { csv } from "./rowsFile";

test("a call is told as one line for a shell", () => {
  expect(curl("https://audit.example.com", "/v1/audit/events", { filter: "actor.name EQ \"O'Hara\"", source: undefined }))
    .toBe("curl -fsS -H \"X-API-Key: $SLUICE_KEY\" 'https://audit.example.com/v1/audit/events?filter=actor.name+EQ+%22O%27Hara%22'");
});

test("no event makes a spreadsheet compute", () => {
  const event = { id: "e", timestamp: "t", tenant_id: "acme", category: "c", action: "=1+1", outcome: "success" as const, actor: { type: "user", id: "u", name: 'Ada "A", O' }, sequence: 1, persisted_at: "p", integrity_hash: "h" };
  expect(csv([event]).split("\r\n")[1]).toBe(`1,t,acme,u,"Ada ""A"", O",,"'=1+1",success,,,,,,,e`);
});
