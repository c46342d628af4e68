import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const worthIt = 1024;

/** Puts each built file beside itself once more as .br and .gz: the server compresses nothing while it answers. */
export function compress(): Plugin {
  let out = "dist";
  return {
    name: "compress",
    apply: "build",
    configResolved: (config) => { out = config.build.outDir; },
    closeBundle() {
      for (const file of readdirSync(out, { recursive: true, withFileTypes: true })) {
        if (!file.isFile() || !/\.(js|css|svg)$/.test(file.name)) continue;
        const path = join(file.parentPath, file.name);
        const content = readFileSync(path);
        if (content.length < worthIt) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
