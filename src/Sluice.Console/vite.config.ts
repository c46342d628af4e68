import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compress } from "./compress.ts";

// `npm run dev` shows the console of the sources with the data of a running server: sign in as there.
const server = process.env.SLUICE_URL ?? "http://127.0.0.1:7600";

export default defineConfig({
  plugins: [react(), compress()],
  build: { target: "es2022", sourcemap: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 700, rolldownOptions: { input: ["index.html", "viewer.html"] } },
  server: { proxy: { "/v1": server, "/_sluice": server, "/checkpoint": server, "/openapi": server } },
  test: { include: ["src/**/*.test.ts"], environment: "node", testTimeout: 30_000 },
});
