import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { runRecheck } from "@/lib/moderation/recheck-job";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { addToWatchlist } from "@/lib/moderation/watchlist/add-to-watchlist";
import { encryptOldNames } from "@/lib/moderation/watchlist/encrypt-old-names";
import { watchlists } from "@/lib/moderation/watchlist/queries";
import { removeFromWatchlist } from "@/lib/moderation/watchlist/remove-from-watchlist";
import { parseWatchlistName } from "@/lib/moderation/watchlist/schemas";
import { dumpDatabase } from "../support/database";
import { individual, NOW, openLetter } from "../support/letters";
import { moderator, waitingSignature } from "../support/moderators";

let admin: Admin;
let count = 0;

beforeAll(async () => {
  admin = await moderator();
});

const sign = (slug: string, name: string) =>
  waitingSignature(slug, individual({ email: `watched${++count}@example.org`, name }));
const flags = async (id: string) => (await db.signature.findUniqueOrThrow({ where: { id } })).flags;
const watched = { name: "Noam Exampsky", note: "Linguist" };
const namesOf = async (slug: string) =>
  (await watchlists(admin, "en")).find((list) => list.slug === slug)?.names.map(({ name }) => name);

describe("the watch list", () => {
  it("flags who signs its letter under a name on it, with who that is, and nobody elsewhere", async () => {
    const [{ id: letterId, slug }, other] = [await openLetter(), await openLetter()];
    await addToWatchlist({ admin, letterId, watched, now: NOW });
    const { signatureId } = await sign(slug, "Prof. Nоam A. Exampsky");
    expect(await flags(signatureId)).toEqual(["watched", "mixedScripts"]);
    const detail = await signatureDetail(admin, signatureId);
    expect(detail?.flags).toContainEqual({ code: "watched", ...watched });
    expect(await flags((await sign(slug, "Naomi Sampson")).signatureId)).toEqual([]);
    expect(await flags((await sign(other.slug, "Noam Exampsky")).signatureId)).toEqual([]);
  });

  it("is applied to those who wait already, and taken back from them", async () => {
    const { id: letterId, slug } = await openLetter();
    const { signatureId } = await sign(slug, "Noam Exampsky");
    const id = (await addToWatchlist({ admin, letterId, watched, now: NOW })) ?? "";
    const jobs = () =>
      db.$queryRaw<
        unknown[]
      >`SELECT 1 FROM pgboss.job WHERE name = 'recheck' AND data->>'letterId' = ${letterId}`;
    expect(await jobs()).toHaveLength(1);
    await runRecheck({ what: "flags", letterId }, NOW);
    expect(await flags(signatureId)).toEqual(["watched"]);
    await removeFromWatchlist({ admin, id, now: NOW });
    await removeFromWatchlist({ admin, id, now: NOW });
    // One recheck that waits does for both.
    expect(await jobs()).toHaveLength(1);
    await runRecheck({ what: "flags", letterId }, NOW);
    expect(await flags(signatureId)).toEqual([]);
    const audit = await db.auditEntry.findMany({ where: { letterId, action: { startsWith: "watch." } } });
    expect(audit.map(({ action }) => action).sort()).toEqual(["watch.add", "watch.remove"]);
    for (const { details } of audit) expect(details).toEqual({ watched: id });
  });

  it("holds a name once for each letter, in whatever spelling", async () => {
    const [{ id: letterId, slug }, other] = [await openLetter(), await openLetter()];
    expect(await addToWatchlist({ admin, letterId, watched, now: NOW })).not.toBeNull();
    const again = { name: "NOAM EXAMPSKY", note: null };
    expect(await addToWatchlist({ admin, letterId, watched: again, now: NOW })).toBeNull();
    expect(await addToWatchlist({ admin, letterId: other.id, watched, now: NOW })).not.toBeNull();
    expect(await namesOf(slug)).toEqual(["Noam Exampsky"]);
  });

  it("keeps names and notes encrypted, and seals what older versions kept in the clear", async () => {
    const { id: letterId, slug } = await openLetter();
    const canary = { name: "Watchcanary Exampsky", note: "Notecanary" };
    const id = (await addToWatchlist({ admin, letterId, watched: canary, now: NOW })) ?? "";
    const dump = () => dumpDatabase(process.env.DATABASE_URL ?? "").then((text) => text.toLowerCase());
    for (const word of ["watchcanary", "notecanary"]) expect(await dump()).not.toContain(word);

    await db.watchlistName.update({ where: { id }, data: { ...canary, nameHash: "watchcanary exampsky" } });
    expect(await namesOf(slug)).toEqual([canary.name]);
    expect(await encryptOldNames()).toBe(1);
    expect(await encryptOldNames()).toBe(0);
    for (const word of ["watchcanary", "notecanary"]) expect(await dump()).not.toContain(word);
    expect(await namesOf(slug)).toEqual([canary.name]);
    const again = { name: "WATCHCANARY EXAMPSKY", note: null };
    expect(await addToWatchlist({ admin, letterId, watched: again, now: NOW })).toBeNull();
  });

  it("is edited by nobody without the right, and for no letter that is not there", async () => {
    const { id: letterId, slug } = await openLetter();
    const id = (await addToWatchlist({ admin, letterId, watched, now: NOW })) ?? "";
    const reader = await moderator("rita@example.org", "READER");
    const forbidden = { code: "forbidden" };
    const more = { name: "Another Name", note: null };
    await expect(addToWatchlist({ admin: reader, letterId, watched: more, now: NOW })).rejects.toMatchObject(
      forbidden,
    );
    await expect(removeFromWatchlist({ admin: reader, id, now: NOW })).rejects.toMatchObject(forbidden);
    expect(await namesOf(slug)).toEqual(["Noam Exampsky"]);
    await expect(watchlists(reader, "en")).rejects.toMatchObject(forbidden);
    const nowhere = { admin, letterId: id, watched: more, now: NOW };
    await expect(addToWatchlist(nowhere)).rejects.toMatchObject({ code: "not-found" });
  });

  it("takes real names and refuses what is none", () => {
    expect(parseWatchlistName({ watchlistName: " زەينەپ  ", note: "" })).toEqual({
      ok: true,
      data: { name: "زەينەپ", note: null },
    });
    expect(parseWatchlistName({})).toEqual({ ok: false, errors: { watchlistName: ["required"] } });
    expect(parseWatchlistName({ watchlistName: "a\u0000b" })).toMatchObject({
      errors: { watchlistName: ["characters"] },
    });
  });
});
