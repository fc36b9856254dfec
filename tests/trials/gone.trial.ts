import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { type App, startApp } from "../support/app";
import { individual, openLetter } from "../support/letters";
import { manageLinkTo } from "../support/manage-link";
import { moderator, waitingSignature } from "../support/moderators";

/** How often somebody hides or withdraws, in turn. */
const ROUNDS = Number(process.env.ROUNDS ?? 50);
const LONGEST_MS = 10_000;

let webs: App[];

beforeAll(async () => {
  const first = await startApp();
  // Another web process with the same database.
  webs = [first, await startApp({ databaseUrl: first.databaseUrl, worker: false })];
  process.env.DATABASE_URL = first.databaseUrl;
});
afterAll(async () => {
  await db.$disconnect();
  for (const web of [...(webs ?? [])].reverse()) await web.stop();
});

/** Where a name is read. */
const places = (slug: string, name: string) =>
  Object.entries({
    page: `/letters/${slug}`,
    list: `/letters/${slug}/signatories`,
    search: `/letters/${slug}/signatories?q=${encodeURIComponent(name)}`,
    api: `/api/v1/letters/${slug}/signatories?limit=100`,
    "api search": `/api/v1/letters/${slug}/signatories?q=${encodeURIComponent(name)}`,
    "list as CSV": `/letters/${slug}/signatories.csv`,
    "list as JSON": `/letters/${slug}/signatories.json`,
  }).flatMap(([place, path]) => webs.map(({ url }) => ({ place, url: `${url}${path}` })));

/** Whether an answer shows a name as that of a signatory: a search's page repeats what was looked for. */
async function shows(url: string, name: string): Promise<boolean> {
  const text = await (await fetch(url)).text();
  const searched = url.includes("/signatories?q=") && !url.includes("/api/");
  return text.includes(searched ? `<bdi class="name">Dr ${name}<` : name);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it("takes a name off every page of every process at once", async () => {
  const { id, slug } = await openLetter({}, new Date());
  await db.letter.update({ where: { id }, data: { listFiles: true } });
  const took = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    const act = round % 2 === 0 ? "hide" : "withdraw";
    const name = `Leaver Number ${round}`;
    const seen = await waitingSignature(
      slug,
      individual({ name, email: `leaver${round}@gone.example` }),
      new Date(),
    );
    await approveSignature({ admin: await moderator(), seen, asExpert: true, now: new Date() });
    const link = `/signatures/${await manageLinkTo(seen.signatureId)}`;
    const where = places(slug, name);
    for (const { url, place } of where)
      await expect.poll(() => shows(url, name), { timeout: LONGEST_MS, message: place }).toBe(true);

    const web = webs[round % webs.length]?.url ?? "";
    const page = await (
      await fetch(`${web}${link}${act === "hide" ? "" : `?step=withdraw.${await idOn(web + link)}`}`)
    ).text();
    const form = new RegExp(`name="form" value="(${act}\\.[\\w-]+)"`).exec(page)?.[1] ?? "";
    const clicked = performance.now();
    const answer = await fetch(`${web}${link}`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: web, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ form }),
    });
    expect(answer.status, page.slice(0, 200)).toBe(303);
    const gone = await Promise.all(
      where.map(async ({ place, url }) => {
        while (await shows(url, name)) {
          if (performance.now() - clicked > 2 * LONGEST_MS) break;
          await pause(20);
        }
        return { place, ms: performance.now() - clicked };
      }),
    );
    for (const { place, ms } of gone) took.set(place, [...(took.get(place) ?? []), ms]);
  }
  for (const [place, all] of took)
    console.log(
      `${place}: ${all.length} times, median ${Math.round(median(all))} ms, longest ${Math.round(Math.max(...all))} ms`,
    );
  const all = [...took.values()].flat();
  expect(all).toHaveLength(ROUNDS * 7 * webs.length);
  expect(Math.max(...all)).toBeLessThan(LONGEST_MS);
  expect(median(all)).toBeLessThan(2_000);
});

/** The id of the signature as its page names it. */
async function idOn(address: string): Promise<string> {
  return /step=withdraw\.([\w-]+)/.exec(await (await fetch(address)).text())?.[1] ?? "";
}
