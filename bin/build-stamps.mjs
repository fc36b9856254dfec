// What each part of the build is made of, and whether it is there. Built-ins only: it runs before npm.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// The folder of package.json, from the sources as from a program in `dist/`.
let root = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(root, "package.json"))) root = dirname(root);
const EVERYWHERE = [
  "lib",
  "emails",
  "messages",
  "prisma/schema.prisma",
  "tsconfig.json",
  "build-folder.config.ts",
  "package-lock.json",
];

/** Prisma's client, the programs of `dist/`, and Next's pages, in the order in which they are made. */
const PARTS = {
  client: {
    stamp: "prisma/generated/.stamp",
    sources: ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"],
  },
  programs: {
    stamp: "dist/.stamp",
    sources: [...EVERYWHERE, "bin", "dev", "server", "prisma/seed.ts", "prisma/sample", "tests/support"],
  },
  pages: {
    stamp: ".next/undersigned-build",
    sources: [...EVERYWHERE, "app", "public", "instrumentation-client.ts", "next.config.mjs"],
  },
};

/** @param {keyof typeof PARTS} part */
export const isBuilt = (part) => readStamp(part) === hashOf(part);

/** Makes a part; what is cut off counts as not made. */
export async function stamped(part, make) {
  const hash = hashOf(part);
  rmSync(join(root, PARTS[part].stamp), { force: true });
  await make();
  writeFileSync(join(root, PARTS[part].stamp), hash);
}

function hashOf(part) {
  const hash = createHash("sha256");
  for (const file of PARTS[part].sources.flatMap(listFiles).sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

function listFiles(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => listFiles(`${path}/${name}`));
}

function readStamp(part) {
  try {
    return readFileSync(join(root, PARTS[part].stamp), "utf8");
  } catch {
    return "";
  }
}
