import { listFiles } from "./sources";

/** What stands for the parameters of paths: what exists, where a test knows of it. */
export type Parameters = { slug: string; token: string; id: string };

/** The addresses of all pages, without language, as the files of `app` say them. */
export function pagePaths(parameters: Parameters): string[] {
  return pathsOf(/\/page\.tsx$/, parameters).filter((path) => !path.includes("unavailable"));
}

/** The addresses that take a form. */
export function formPaths(parameters: Parameters): string[] {
  return pathsOf(/\/submit\/route\.ts$/, parameters).map((path) => path.replace(/\/submit$/, ""));
}

/** The addresses below `/api`, and whether they take a POST of their own. */
export function endpointPaths(parameters: Parameters): string[] {
  return pathsOf(/\/route\.ts$/, parameters).filter((path) => path.startsWith("/api/"));
}

function pathsOf(pattern: RegExp, parameters: Parameters): string[] {
  return listFiles("app", pattern).map((file) => {
    const path = file
      .replace(/^app/, "")
      .replace(/\/(?:page\.tsx|route\.ts)$/, "")
      .replace(/\/(?:\[locale\]|\([^/]+\))/g, "");
    return filled(path, parameters);
  });
}

/** A pattern of the table of routes with something in place of each parameter. */
export function filled(pattern: string, parameters: Parameters): string {
  const path = pattern.replace("[...rest]", "nothing/here").replace("[number]", "1");
  return path.replace(/\[(\w+)\]/g, (_, name: keyof Parameters) => parameters[name] ?? "unknown") || "/";
}
