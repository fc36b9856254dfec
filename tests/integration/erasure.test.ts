import { appendFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { logTo } from "@/lib/ops/log/log";
import { erasePersons } from "@/lib/signatures/engine/erase-persons";
import { eraseAgain } from "@/lib/signatures/erasure/erase-again";
import { appendErased, erasedFile, readErased } from "@/lib/signatures/erasure/erased-file";
import { erasedHash } from "@/lib/signatures/erasure/erased-hash";
import { noteErasures } from "@/lib/signatures/erasure/note-erasures";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { individual, later, NOW, openLetter } from "../support/letters";
import { moderator, waitingSignature } from "../support/moderators";

let count = 0;
let email: string;
let letter: { id: string; slug: string };
let id: string;

afterEach(() => logTo(undefined));
beforeEach(async () => {
  // One mailbox has three mails a day.
  email = `ada${++count}@example.org`;
  await rm(dirname(erasedFile()), { recursive: true, force: true });
  await db.erasure.deleteMany();
  letter = await openLetter();
  const seen = await waitingSignature(letter.slug, individual({ email }));
  id = seen.signatureId;
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
});

const withdraw = () => withdrawSignatures({ email, now: NOW });
const file = () => readFile(erasedFile(), "utf8");
const waiting = () => db.erasure.count({ where: { noted: false } });

describe("whom a withdrawal erases", () => {
  it("is noted outside the database by a keyed hash alone, which only its owner may read", async () => {
    expect(await withdraw()).toBe(1);
    expect((await file()).trim()).toBe(erasedHash(id));
    expect(await file()).not.toContain(id);
    expect((await stat(erasedFile())).mode & 0o777).toBe(0o600);
    expect(await waiting()).toBe(0);
  });

  it("stays in the database until the file has it, whatever goes wrong with the file", async () => {
    const lines: string[] = [];
    logTo((line) => lines.push(line));
    await mkdir(erasedFile(), { recursive: true });
    expect(await withdraw()).toBe(1);
    expect(lines.join()).toContain("could not be noted");
    expect(await waiting()).toBe(1);
    await expect(noteErasures()).rejects.toThrow();
    await rm(erasedFile(), { recursive: true });
    expect(await noteErasures()).toBe(1);
    expect(await readErased()).toEqual(new Set([erasedHash(id)]));
    expect(await waiting()).toBe(0);
  });

  it("is not noted where the transaction did not commit", async () => {
    const undone = db.$transaction(async (tx) => {
      await erasePersons(tx, [id]);
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    // Where nobody was, nothing is locked, so that a busy database causes no alarm.
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE erasure IN EXCLUSIVE MODE`;
      expect(await noteErasures()).toBe(0);
    });
    expect(await readErased()).toEqual(new Set());
  });

  it("is noted where its time was over, too", async () => {
    await db.signature.update({ where: { id }, data: { state: "PENDING", expiresAt: NOW } });
    await keepHouse(later(1));
    expect(await readErased()).toContain(erasedHash(id));
  });
});

describe("the file of the erased", () => {
  const hashes = (from: number, count: number) =>
    Array.from({ length: count }, (_, place) => erasedHash(`id-${from + place}`));

  it("loses no line of processes that write at once", async () => {
    const all = Array.from({ length: 40 }, (_, place) => hashes(place * 50, 50));
    await Promise.all(all.map(appendErased));
    expect(await readErased()).toEqual(new Set(all.flat()));
  });

  it("survives a line that a killed process left unfinished", async () => {
    await appendErased(hashes(0, 2));
    await appendFile(erasedFile(), String(hashes(2, 1)[0]).slice(0, 20));
    await appendErased(hashes(3, 1));
    expect(await readErased()).toEqual(new Set([...hashes(0, 2), ...hashes(3, 1)]));
  });
});

describe("a database that knows less than the file, as after a restore", () => {
  it("erases those again, with counts and audit log, and nobody else", async () => {
    const other = await waitingSignature(letter.slug, individual({ email: `grace${count}@example.org` }));
    await appendErased([erasedHash(id)]);
    expect(await eraseAgain(NOW)).toMatchObject({ erased: 1 });
    expect(await db.signature.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: "WITHDRAWN",
      address: null,
    });
    expect(await readTally(db, letter.id)).toMatchObject({ individuals: 0 });
    const differences = await recount(false, NOW);
    expect(differences.filter(({ slug }) => slug === letter.slug)).toEqual([]);
    const actions = await db.auditEntry.findMany({ where: { signatureId: id }, select: { action: true } });
    expect(actions.map(({ action }) => action)).toContain("signature.erase-again");
    expect(await db.signatureKey.count({ where: { signatureId: other.signatureId } })).toBe(1);
    expect(await eraseAgain(NOW)).toEqual({ erased: 0, noted: 0 });
  });

  it("erases once where two processes start together", async () => {
    await appendErased([erasedHash(id)]);
    const both = await Promise.all([eraseAgain(NOW), eraseAgain(NOW)]);
    expect(both[0].erased + both[1].erased).toBe(1);
    expect(await db.auditEntry.count({ where: { signatureId: id, action: "signature.erase-again" } })).toBe(
      1,
    );
  });
});

it("writes a lost file anew from what the database knows", async () => {
  await withdraw();
  await writeFile(erasedFile(), "");
  const { noted } = await eraseAgain(NOW);
  expect(noted).toBeGreaterThan(0);
  expect(await readErased()).toContain(erasedHash(id));
});
