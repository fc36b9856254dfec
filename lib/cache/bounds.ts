const MIB = 1024 * 1024;

/** How much of something a process keeps at most, or, where its program or load says it, by what it is bounded. */
type Bound = { bytes: number } | { entries: number } | { by: string };

/**
 * Everything that a process keeps beyond the request that it came with: file, name, bound. `tests/unit/bounds.test.ts`
 * fails for a growing Map, Set, array or cache that is missing here.
 */
export const BOUNDS = {
  /** Documents and what they are made from. */
  "lib/cache/tagged-cache.ts #entries": { bytes: 128 * MIB },
  "lib/cache/tagged-cache.ts tags": { by: "the reads of a value" },
  "lib/cache/tagged-cache.ts #loading": { by: "the requests under way" },
  /** Tags that have changed; beyond them a value that is being made counts as outdated. */
  "lib/cache/tagged-cache.ts #invalidated": { entries: 10_000 },
  /** Counts of a limit while the database cannot be reached, for each limit. */
  "lib/abuse/limits/memory-counter.ts #counts": { entries: 20_000 },
  /** Who has spent a limit, for each limit. */
  "lib/abuse/limits/limiter.ts spent": { entries: 20_000 },
  "lib/abuse/limits/limiter.ts limiters": { by: "the limits" },
  /** Characters of names, with the scripts that they can be of. */
  "lib/fields/names/scripts.ts known": { entries: 20_000 },
  /** What forms say in a language. */
  "lib/i18n/messages.ts inBrowser": { by: "the interface’s languages" },
  /** Statements that have a name, each of 10,000 characters at most. */
  "lib/db/statement-names.ts names": { entries: 500 },
  /** Comparisons of two versions of a letter, which emails to many need. */
  "lib/letters/difference/text-change.ts kept": { entries: 8 },
  /** Forms shown and sites that led to a letter, until they are written down some seconds later. */
  "lib/counts/statistics/visits.ts counted": { entries: 2_000 },
  "lib/http/constant-time.ts latest": { entries: 256 },
  /** Hosts that are not the site's own, at which somebody has sent a form. */
  "lib/http/other-addresses.ts #seen": { entries: 20 },
  "lib/encryption/keys.ts derived": { by: "the purposes of keys" },
  "lib/encryption/hash.ts hashKeys": { by: "the purposes of keys" },
  "lib/fields/countries/rules.ts namesByLocale": { by: "the languages" },
  "lib/fields/names/alphabets.ts respellings": { by: "the languages" },
  "lib/ops/metrics/connections.ts uses": { by: "the open connections" },
  /** What different browsers say that they take. */
  "server/send.ts read": { entries: 100 },
  /** Targets that have been asked for, of 256 characters at most. */
  "server/from-memory.ts places": { entries: 5_000 },
  "lib/ops/metrics/answers.ts fromMemory": { by: "the statuses" },
  "server/render.ts failurePages": { by: "the languages" },
  "server/line.ts #networks": { by: "the places of each line" },
  "server/turns.ts waiting": { by: "the open connections" },
  "server/stop.ts answers": { by: "the requests under way" },
  "lib/jobs/chores.ts failures": { by: "the chores of one run" },
  "lib/letters/share-picture/draw-due.ts failures": {
    by: "the letters whose pictures one run could not draw",
  },
  "lib/signatures/expire-signatures.ts failures": { by: "the signatures that one run could not erase" },
  "app/_forms/keep-typed.ts lost": { by: "the fields of a form, in a browser" },
  "app/_forms/keep-typed.ts typed": { by: "the fields of a form, in a browser" },
  "server/hot-reload.ts sockets": { by: "the developer's browsers" },
} as const satisfies Record<string, Bound>;

/** What libraries keep for us, as they are told or, where they cannot be told, as they are made. */
export const LIBRARY_BOUNDS = {
  /** Pages that Next has made beforehand; documents are kept in the tagged cache instead. */
  nextPageBytes: 16 * MIB,
  /** Plans of queries, by their shape: values are not part of it. */
  prismaPlans: 1_000,
} as const;
