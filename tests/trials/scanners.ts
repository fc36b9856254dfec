// What scanners.sh runs: an instance with the sample letter and an administrator's session, wapiti over all
// of it, and sqlmap on every parameter of every address and form, LANES at a time, each for TARGET_SECONDS at
// most.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAll } from "@/dev/local/build";
import { type TemporaryApp, withTemporaryApp } from "@/dev/local/temporary-app";
import { inLanes } from "../support/post";
import { addressTargets, formTargets, type Known } from "./hostile/targets";

const CRAWL_SECONDS = process.env.SCAN_SECONDS ?? "90";
const ATTACK_SECONDS = process.env.ATTACK_SECONDS ?? "45";
/** Those that need no listener on the internet and no list from it. */
const MODULES =
  "backup,blindsql,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,redirect,sql,xss,xxe";

type Session = { cookie: string; known: Known };

/** Runs a tool to its end and returns all that it wrote. */
function run(tool: string, args: string[], seconds: number): Promise<string> {
  const child = spawn("timeout", [String(seconds), tool, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += String(part)));
  return new Promise((resolve) => child.once("close", () => resolve(said)));
}

type Report = {
  vulnerabilities: Record<string, { info: string; path: string; parameter: string | null }[]>;
  anomalies: Record<string, { info: string; path: string }[]>;
};

async function scanWithWapiti({ url }: TemporaryApp, { cookie }: Session, folder: string): Promise<string[]> {
  const report = join(folder, "wapiti.json");
  const args = ["-u", `${url}/`, "--scope", "domain", "-m", MODULES, "-l", "1", "-d", "6", "-S", "normal"];
  args.push(
    "--max-scan-time",
    CRAWL_SECONDS,
    "--max-attack-time",
    ATTACK_SECONDS,
    "--max-links-per-page",
    "60",
  );
  args.push("-H", `Origin: ${url}`, "-H", `Cookie: ${cookie}`);
  args.push("-s", `${url}/admin`, "-s", `${url}/letters/uyghurs/sign?as=individual`);
  args.push("-s", `${url}/letters/uyghurs/sign?as=organisation`, "-s", `${url}/signatures/unknown/confirm`);
  args.push("--flush-session", "--store-session", folder, "--no-bugreport", "-f", "json", "-o", report);
  const said = await run("wapiti", args, 1_800);
  const crawled = /Wapiti found (\d+) URLs and forms/.exec(said)?.[1] ?? "?";
  await writeFile(join(folder, "wapiti.txt"), said);
  const { vulnerabilities, anomalies } = JSON.parse(await readFile(report, "utf8")) as Report;
  console.log(`wapiti: ${crawled} addresses and forms, modules ${MODULES}`);
  const found = Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([kind, all]) =>
    all.map(({ path, info }) => `wapiti ${kind}: ${path}: ${info.slice(0, 200)}`),
  );
  return [...new Set(found)];
}

const TARGET_SECONDS = Number(process.env.TARGET_SECONDS ?? 150);
/** How many sqlmaps run beside each other: each of them waits most of its time. */
const LANES = Number(process.env.LANES ?? 3);
const ALWAYS = ["--batch", "--level=1", "--risk=1", "--dbms=PostgreSQL", "--technique=BEUST", "--time-sec=2"];
const ENDED = /all tested parameters do not appear|is vulnerable|no parameter\(s\) found/;
const REFUSALS = "--ignore-code=400,401,403,404,405,409,415,422";

async function injectWithSqlmap(
  { url }: TemporaryApp,
  { cookie, known }: Session,
  folder: string,
): Promise<string[]> {
  const listed = [
    "kind=organisation&country=GB&q=a&page=1",
    "kind=individual&country=GB&q=a&limit=10&cursor=x",
  ];
  const gets = [
    `/letters/uyghurs/signatories?${listed[0]}`,
    `/api/v1/letters/uyghurs/signatories?${listed[1]}`,
    ...addressTargets(known)
      .map(({ path }) => path)
      .filter((path) => !path.includes("_next") && !/signatories\?/.test(path)),
  ];
  const posts = formTargets(known).map(({ path, values }) => ({
    path,
    data: new URLSearchParams(values).toString(),
  }));
  const tried = [...gets.map((path) => ({ path, data: "" })), ...posts];
  const found: string[] = [];
  const ends = { early: [] as string[], withdrawn: 0 };
  await inLanes(LANES, [...tried.entries()], async ([number, { path, data }]) => {
    const args = ["-u", `${url}${path}`, ...ALWAYS, REFUSALS, "--flush-session"];
    // Each its own: they keep what they found by host.
    args.push("--output-dir", join(folder, `sqlmap-${number}`));
    args.push("-H", `Origin: ${url}`, "--cookie", cookie, "--skip=Cookie,User-Agent,Referer,Host,Origin");
    if (data) args.push("--data", data);
    const said = await run("sqlmap", args, TARGET_SECONDS);
    const hits = said
      .split("\n")
      .filter((line) => /identified the following injection point|^Parameter: /.test(line));
    found.push(...hits.map((line) => `sqlmap ${data ? "POST" : "GET"} ${path}: ${line.trim()}`));
    await writeFile(join(folder, `sqlmap-${number}.txt`), said);
    if (!ENDED.test(said)) ends.early.push(path);
    // What first looks like an injection is tried again by sqlmap itself.
    if (/false positive or unexploitable/.test(said)) ends.withdrawn += 1;
  });
  console.log(
    `sqlmap: ${gets.length} addresses and ${posts.length} forms, ${ALWAYS.join(" ")}; ${ends.early.length} not to the end in ${TARGET_SECONDS} s (${ends.early.join(" ")}), ${ends.withdrawn} suspicions that sqlmap took back`,
  );
  return found;
}

/**
 * An owner's session and a signature that waits, so that the scanners see every page. They also press the button that
 * signs out (Debian's wapiti fails where an address is excluded), so the session is begun again and again.
 */
async function signIn(): Promise<Session & { stop(): Promise<void> }> {
  const { SESSION_COOKIE } = await import("../support/admin-sessions");
  const { moderator, waitingSignature } = await import("../support/moderators");
  const { individual } = await import("../support/letters");
  const { beginSession } = await import("@/lib/auth/sessions");
  const { createToken } = await import("@/lib/encryption/tokens");
  const { db } = await import("@/lib/db/client");
  const seen = await waitingSignature("uyghurs", individual({ name: "Ada Scanned" }), new Date());
  const { id } = await db.letter.findFirstOrThrow({ where: { slug: "uyghurs" }, select: { id: true } });
  const { id: adminId } = await moderator("mona@example.org", "OWNER");
  const { token } = createToken();
  const begin = () =>
    db.$transaction((tx) => beginSession(tx, { adminId, token, now: new Date() })).catch(() => undefined);
  await begin();
  const again = setInterval(begin, 500);
  const stop = async () => {
    clearInterval(again);
    await db.$disconnect();
  };
  const known = {
    letterId: id,
    signatureId: seen.signatureId,
    state: seen.state,
    revision: String(seen.revision),
  };
  return { cookie: `${SESSION_COOKIE}=${token}`, known, stop };
}

await buildAll();
const folder = await mkdtemp(join(tmpdir(), "undersigned-scanners-"));
await withTemporaryApp({ mail: false }, async (app) => {
  const session = await signIn();
  const began = Date.now();
  const found = [
    ...(await scanWithWapiti(app, session, folder)),
    ...(await injectWithSqlmap(app, session, folder)),
  ];
  await session.stop();
  const { status } = await fetch(`${app.url}/api/ready`);
  console.log(found.join("\n") || "Nothing was found.");
  console.log(
    `${found.length} findings in ${Math.round((Date.now() - began) / 1_000)} s; ready answers ${status}.`,
  );
});
if (!process.env.KEEP) await rm(folder, { recursive: true });
else console.log(`What they said: ${folder}`);
process.exit(0);
