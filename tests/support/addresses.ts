import { isMetadataRouteFile } from "next/dist/lib/metadata/is-metadata-route";
import { listFiles } from "./sources";

const CODE = ["ts", "tsx", "js", "jsx"];
const HANDLER = new RegExp(`/route\\.(?:${CODE.join("|")})$`);
const PAGE = new RegExp(`/page\\.(?:${CODE.join("|")})$`);

/** Whether Next has a file of `app` answer requests: as a page, a route, or as `sitemap`, `icon` and their like. */
function answers(path: string): boolean {
  if (/\/_/.test(path)) return false;
  return isRoute(path) || PAGE.test(path) || isMetadataRouteFile(path.slice("app".length), CODE, true);
}

/** Whether a file answers by the methods that it exports. */
export const isRoute = (path: string) => HANDLER.test(path);

/** The files of `app` that answer requests. */
export const answeringFiles = (): string[] => listFiles("app", /./).filter(answers);

/** The address of such a file: its folder, without the language and the groups, and the name of a special file. */
export function addressOf(path: string): string {
  const address = path
    .replace(/^app/, "")
    .replace(/\/(?:\[locale\]|\([^/.]+\)|@[^/]+)(?=\/)/g, "")
    .replace(new RegExp(`${PAGE.source}|${HANDLER.source}`), "");
  return address || "/";
}

/** The address at which a route's forms are posted: that of the page beside which it lies. */
export const pageOf = (path: string) => addressOf(path).replace(/\/submit$/, "");
