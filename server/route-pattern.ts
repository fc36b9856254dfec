import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BUILD } from "@/server/build";

type Manifest = Record<"staticRoutes" | "dynamicRoutes", { page: string; regex: string }[]>;

let patterns: { page: string; regex: RegExp }[] | undefined;

/**
 * The pattern of an address, such as `/[locale]/signatures/[token]`, as the build knows it.
 * @param url path and query as Next knows them
 */
export function routePattern(url: string): string {
  patterns ??= readPatterns();
  const [path = ""] = url.split("?");
  return patterns.find(({ regex }) => regex.test(path))?.page ?? "unknown";
}

function readPatterns() {
  const file = join(BUILD, "routes-manifest.json");
  const { staticRoutes, dynamicRoutes } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  // The order is Next's own: what is more exact comes first.
  return [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({ page, regex: new RegExp(regex) }));
}
