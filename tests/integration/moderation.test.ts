import { beforeAll, describe, expect, it } from "vitest";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { revokeAdmin } from "@/lib/auth/revoke-admin";
import { keptRows, readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { correctSignature } from "@/lib/moderation/correct-signature";
import { signatureHistory } from "@/lib/moderation/history";
import { markExpert } from "@/lib/moderation/mark-expert";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { queuedMails } from "../support/queued-mails";

let admin: Admin;
let mailbox = 0;
const ownMailbox = () => `someone${++mailbox}@example.org`;

beforeAll(async () => {
  admin = await moderator();
});

const stored = (id: string) =>
  db.signature.findUniqueOrThrow({ where: { id }, include: { signatory: true, shown: true, key: true } });
const tallyOf = (letterId: string) => readTally(db, letterId);
const messagesOf = async (id: string) => (await queuedMails(id)).map(({ message }) => message);

async function waiting(input = individual({ email: ownMailbox() })) {
  const letter = await openLetter();
  return { letter, input, seen: await waitingSignature(letter.slug, input) };
}

describe("approving", () => {
  it("shows and counts a public signature, and says so to the signatory", async () => {
    const { letter, seen } = await waiting();
    await approveSignature({ admin, seen, asExpert: false, now: later(5) });
    const { shown, ...signature } = await stored(seen.signatureId);
    expect(signature).toMatchObject({
      state: "APPROVED",
      publishedAt: later(5),
      decidedAt: later(5),
      revision: 2,
    });
    expect(shown).toMatchObject({
      section: "OTHERS",
      country: "GB",
      name: "Ada Exampleton",
      affiliation: "University of Example",
      sortKey: "ada exampleton",
      publishedAt: later(5),
    });
    expect(await tallyOf(letter.id)).toMatchObject({ individuals: 1, experts: 0, total: 1 });
    expect(await messagesOf(seen.signatureId)).toEqual(["confirm-signature", "signature-approved"]);
  });

  it("counts a withheld signature and shows nothing of it", async () => {
    const { letter, seen } = await waiting(organisation({ email: ownMailbox(), visibility: "WITHHELD" }));
    await approveSignature({ admin, seen, asExpert: false, now: NOW });
    const { shown, listing, publishedAt } = await stored(seen.signatureId);
    expect(shown).toBeNull();
    expect(listing).not.toBeNull();
    expect(publishedAt).toBeNull();
    expect(await keptRows(db, letter.id)).toMatchObject([{ approved: 1, withheld: 1 }]);
    // Readers see it with others: `withheld-counts.test.ts`.
    expect(await tallyOf(letter.id)).toMatchObject({ organisations: 0, withheldOrganisations: 0 });
  });

  it("marks the expert on the way", async () => {
    const { letter, seen } = await waiting();
    await approveSignature({ admin, seen, asExpert: true, now: NOW });
    expect(await tallyOf(letter.id)).toMatchObject({ individuals: 1, experts: 1 });
  });

  it("lists an organisation once per letter and country", async () => {
    const letter = await openLetter();
    const sign = (country: string) =>
      waitingSignature(letter.slug, organisation({ email: ownMailbox(), country }));
    const [first, again, abroad] = [await sign("GB"), await sign("GB"), await sign("FR")];
    await approveSignature({ admin, seen: first, asExpert: false, now: NOW });
    const second = approveSignature({ admin, seen: again, asExpert: false, now: NOW });
    await expect(second).rejects.toMatchObject({ code: "already-listed" });
    expect(await seeNow(again.signatureId)).toEqual(again);
    await approveSignature({ admin, seen: abroad, asExpert: false, now: NOW });
    expect(await tallyOf(letter.id)).toMatchObject({ organisations: 2, countries: 2 });
  });

  it("refuses an organisation as an expert", async () => {
    const { seen } = await waiting(organisation({ email: ownMailbox() }));
    const refused = approveSignature({ admin, seen, asExpert: true, now: NOW });
    await expect(refused).rejects.toMatchObject({ code: "invalid" });
  });

  it("may follow a rejection", async () => {
    const { letter, seen } = await waiting();
    await rejectSignature({ admin, seen, reason: "no such person", now: NOW });
    await approveSignature({ admin, seen: await seeNow(seen.signatureId), asExpert: false, now: NOW });
    expect(await stored(seen.signatureId)).toMatchObject({ state: "APPROVED", reason: null });
    expect(await tallyOf(letter.id)).toMatchObject({ individuals: 1 });
  });
});

describe("marking as expert", () => {
  it("counts before and after the approval alike", async () => {
    const { letter, seen } = await waiting();
    await markExpert({ admin, seen, expert: true, now: NOW });
    expect(await tallyOf(letter.id)).toMatchObject({ experts: 0, total: 0 });
    await approveSignature({ admin, seen: await seeNow(seen.signatureId), asExpert: false, now: NOW });
    expect(await tallyOf(letter.id)).toMatchObject({ experts: 1 });
    await markExpert({ admin, seen: await seeNow(seen.signatureId), expert: false, now: NOW });
    expect(await tallyOf(letter.id)).toMatchObject({ experts: 0, individuals: 1 });
    expect(await messagesOf(seen.signatureId)).toEqual([
      "confirm-signature",
      "signature-expert",
      "signature-approved",
    ]);
  });

  it("is for individuals, and only where it changes something", async () => {
    const { seen } = await waiting(organisation({ email: ownMailbox() }));
    await expect(markExpert({ admin, seen, expert: true, now: NOW })).rejects.toMatchObject({
      code: "invalid",
    });
    const person = await waiting();
    const nothing = markExpert({ admin, seen: person.seen, expert: false, now: NOW });
    await expect(nothing).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("correcting", () => {
  const correction = {
    kind: "INDIVIDUAL",
    country: "FR",
    fields: { name: "Ada Exempleton", position: null },
  } as const;

  it("keeps what was typed and leaves the list alone before the approval", async () => {
    const { seen } = await waiting();
    const { signatory: before } = await stored(seen.signatureId);
    await correctSignature({ admin, seen, correction, now: NOW });
    const { signatory, shown: none } = await stored(seen.signatureId);
    expect(signatory.typed).toBe(before.typed);
    expect(none).toBeNull();
    expect((await signatureDetail(admin, seen.signatureId))?.country).toBe("FR");
    await approveSignature({ admin, seen: await seeNow(seen.signatureId), asExpert: false, now: NOW });
    const { shown } = await stored(seen.signatureId);
    expect(shown).toMatchObject({ name: "Ada Exempleton", position: null, title: "Dr" });
  });

  it("changes the list and moves the count to the other country afterwards", async () => {
    const { letter, seen } = await waiting();
    await approveSignature({ admin, seen, asExpert: true, now: NOW });
    await correctSignature({ admin, seen: await seeNow(seen.signatureId), correction, now: later(9) });
    const { shown, publishedAt } = await stored(seen.signatureId);
    expect(shown).toMatchObject({
      section: "EXPERTS",
      name: "Ada Exempleton",
      sortKey: "ada exempleton",
      country: "FR",
    });
    expect(publishedAt).toEqual(NOW);
    const rows = await db.letterTally.findMany({
      where: { letterId: letter.id },
      orderBy: { country: "asc" },
    });
    expect(rows.map(({ country, approved, experts }) => [country, approved, experts])).toEqual([
      ["FR", 1, 1],
      ["GB", 0, 0],
    ]);
  });

  it("cannot give an organisation the name of one that is listed, and releases the old name", async () => {
    const letter = await openLetter();
    const sign = (name: string) => waitingSignature(letter.slug, organisation({ email: ownMailbox(), name }));
    const [one, two] = [await sign("Example One"), await sign("Exampel Two")];
    for (const seen of [one, two]) await approveSignature({ admin, seen, asExpert: false, now: NOW });
    const rename = async (name: string) => {
      const seen = await seeNow(two.signatureId);
      const renamed = { kind: "ORGANISATION", country: "GB", fields: { name } } as const;
      await correctSignature({ admin, seen, correction: renamed, now: NOW });
    };
    await expect(rename("EXAMPLE  One")).rejects.toMatchObject({ code: "already-listed" });
    await rename("Example Two");
    const third = await sign("Exampel Two");
    await approveSignature({ admin, seen: third, asExpert: false, now: NOW });
    expect(await tallyOf(letter.id)).toMatchObject({ organisations: 3 });
  });

  it("refuses the fields of another kind, and a rejected signature", async () => {
    const { seen } = await waiting(organisation({ email: ownMailbox() }));
    await expect(correctSignature({ admin, seen, correction, now: NOW })).rejects.toMatchObject({
      code: "invalid",
    });
    const person = await waiting();
    await rejectSignature({ admin, seen: person.seen, reason: "no", now: NOW });
    const late = correctSignature({
      admin,
      seen: await seeNow(person.seen.signatureId),
      correction,
      now: NOW,
    });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("rejecting", () => {
  it("needs a reason and seals it", async () => {
    const { seen } = await waiting();
    await expect(rejectSignature({ admin, seen, reason: " \n ", now: NOW })).rejects.toMatchObject({
      code: "invalid",
    });
    await rejectSignature({ admin, seen, reason: "an unmistakable reason", now: NOW });
    const row = await stored(seen.signatureId);
    expect(row).toMatchObject({ state: "REJECTED", publishedAt: null });
    expect(JSON.stringify(row)).not.toContain("unmistakable");
    const audit = await db.auditEntry.findMany({ where: { signatureId: seen.signatureId } });
    expect(JSON.stringify(audit)).not.toMatch(/unmistakable|Exampleton/);
    expect(await messagesOf(seen.signatureId)).toEqual(["confirm-signature", "signature-rejected"]);
  });

  it("takes an approved signature out of the list, the counts and the listings", async () => {
    const letter = await openLetter();
    const sign = () =>
      waitingSignature(letter.slug, organisation({ email: ownMailbox(), visibility: "PUBLIC" }));
    const [seen, namesake] = [await sign(), await sign()];
    await approveSignature({ admin, seen, asExpert: false, now: NOW });
    await rejectSignature({ admin, seen: await seeNow(seen.signatureId), reason: "no authority", now: NOW });
    const { shown, listing, publishedAt } = await stored(seen.signatureId);
    expect([shown, listing, publishedAt]).toEqual([null, null, null]);
    expect(await tallyOf(letter.id)).toMatchObject({ organisations: 0, total: 0 });
    await approveSignature({ admin, seen: namesake, asExpert: false, now: NOW });
    expect(await recount(false, NOW)).toEqual([]);
  });
});

describe("every act", () => {
  it("records who did what, with the state before and after", async () => {
    const { seen } = await waiting();
    await approveSignature({ admin, seen, asExpert: true, now: later(1) });
    const fields = { name: "Ada Exempleton" };
    const correction = { kind: "INDIVIDUAL", country: "GB", fields } as const;
    await correctSignature({ admin, seen: await seeNow(seen.signatureId), correction, now: later(2) });
    const { key } = await stored(seen.signatureId);
    const history = await signatureHistory(
      admin,
      seen.signatureId,
      decryptDataKey(seen.signatureId, key?.wrapped ?? ""),
    );
    expect(history.map(({ action, by, at }) => [action, by, at])).toEqual([
      ["signature.correct", "mona@example.org", later(2)],
      ["signature.approve", "mona@example.org", later(1)],
      ["signature.verify", null, NOW],
      ["signature.submit", null, NOW],
    ]);
    expect(history[0]?.changes).toEqual([
      { field: "name", before: "Ada Exampleton", after: "Ada Exempleton" },
    ]);
    expect(history[1]?.changes).toEqual([{ field: "expert", before: "false", after: "true" }]);
  });

  it("is told in today's words where an earlier version wrote it down", async () => {
    const { letter, seen } = await waiting();
    const details = {
      before: { state: "VERIFIED", quarantine: "UNPROVEN" },
      after: { state: "VERIFIED", quarantine: null },
    };
    const line = { at: later(9), actor: "SYSTEM", action: "signature.release", letterId: letter.id } as const;
    await db.$transaction((tx) => writeAudit(tx, { ...line, signatureId: seen.signatureId, details }));
    const [newest] = (await signatureDetail(admin, seen.signatureId))?.history ?? [];
    expect(newest).toMatchObject({ action: "signature.release", changes: [] });
  });

  it("applies to what the moderator saw and to nothing newer", async () => {
    const { letter, seen } = await waiting();
    await markExpert({ admin, seen, expert: true, now: NOW });
    const outdated = approveSignature({ admin, seen, asExpert: false, now: NOW });
    await expect(outdated).rejects.toMatchObject({ code: "conflict" });
    const forged = { ...(await seeNow(seen.signatureId)), state: "REJECTED" } as const;
    await expect(approveSignature({ admin, seen: forged, asExpert: false, now: NOW })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await tallyOf(letter.id)).toMatchObject({ total: 0 });
  });

  it("is not possible before the mailbox is verified", async () => {
    const { seen } = await waiting();
    await db.signature.update({ where: { id: seen.signatureId }, data: { state: "PENDING" } });
    const pending = { ...seen, state: "PENDING" } as const;
    const correction = { kind: "INDIVIDUAL", country: "GB", fields: {} } as const;
    const acts = [
      () => approveSignature({ admin, seen: pending, asExpert: false, now: NOW }),
      () => rejectSignature({ admin, seen: pending, reason: "no", now: NOW }),
      () => markExpert({ admin, seen: pending, expert: true, now: NOW }),
      () => correctSignature({ admin, seen: pending, correction, now: NOW }),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: "conflict" });
  });

  it("refuses one who is no administrator any more, and changes nothing", async () => {
    const { letter, seen } = await waiting();
    const former = await moderator("former@example.org");
    await revokeAdmin("former@example.org", NOW);
    const correction = { kind: "INDIVIDUAL", country: "GB", fields: {} } as const;
    const acts = [
      () => approveSignature({ admin: former, seen, asExpert: false, now: NOW }),
      () => rejectSignature({ admin: former, seen, reason: "no", now: NOW }),
      () => markExpert({ admin: former, seen, expert: true, now: NOW }),
      () => correctSignature({ admin: former, seen, correction, now: NOW }),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: "forbidden" });
    expect(await seeNow(seen.signatureId)).toEqual(seen);
    expect(await tallyOf(letter.id)).toMatchObject({ total: 0 });
    expect(await messagesOf(seen.signatureId)).toEqual(["confirm-signature"]);
  });
});
