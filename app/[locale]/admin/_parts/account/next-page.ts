const NEXT = ["account", "team", "letters", "data"] as const;

/** A page whose forms want the second factor proved just now. */
export type NextPage = (typeof NEXT)[number] | `letters/${string}/export?${string}`;

/** Reads which page somebody proves the second factor for; undefined for what is none. */
export const readNext = (value: unknown): NextPage | undefined =>
  NEXT.find((page) => page === value) ?? (isExport(value) ? value : undefined);

const isExport = (value: unknown): value is NextPage =>
  typeof value === "string" && /^letters\/[a-z0-9-]{1,200}\/export\?[\w.~%=&+:*-]{1,4000}$/.test(value);

/** Where somebody goes on who has proved it. */
export const pathAfter = (next: NextPage, done: "verified" | "recovered") =>
  `/admin/${next}${next.includes("?") ? "&" : "?"}done=${done}`;
