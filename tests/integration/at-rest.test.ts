import { beforeAll, describe, expect, it } from "vitest";
import { type Admin, admit } from "@/lib/auth/admin";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { requestSignIn } from "@/lib/auth/request-sign-in";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { correctSignature } from "@/lib/moderation/correct-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { encryptOldOrigins } from "@/lib/signatures/encrypt-old-origins";
import { decryptCountry, decryptLanguage } from "@/lib/signatures/encrypted-origin";
import { erasePersons } from "@/lib/signatures/engine/erase-persons";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { dumpDatabase } from "../support/database";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { queuedToken } from "../support/queued-mails";

const SECRETS = {
  pending: "Pendingcanary",
  withheld: "Withheldcanary",
  rejected: "Rejectedcanary",
  corrected: "Correctedcanary",
  representative: "Representativecanary",
  role: "Rolecanary",
  comment: "Remarkcanary",
  reason: "Reasoncanary",
  address: "addresscanary",
  admin: "admincanary",
};

let letter: { id: string; slug: string };
let admin: Admin;
let tokens: string[];

async function sign(input: SignatureInput): Promise<string> {
  // Two languages whose names are of different lengths.
  const locale = input.email.length % 2 === 0 ? "en" : "zh-Hans";
  await signLetter({ slug: letter.slug, locale, input, now: NOW });
  const { id } = await db.signature.findFirstOrThrow({
    where: { letterId: letter.id },
    orderBy: { id: "desc" },
  });
  return id;
}

async function verified(input: SignatureInput) {
  const id = await sign(input);
  const token = await queuedToken(id);
  tokens.push(token);
  await confirmSignature({ id, token, revision: 1, now: NOW });
  return { signatureId: id, state: "VERIFIED", revision: 1 } as const;
}

const person = (name: string, changes: Partial<SignatureInput> = {}) =>
  individual({
    name: `Ada ${name}`,
    email: `${SECRETS.address}-${name}@example.org`,
    comment: SECRETS.comment,
    ...changes,
  });

/** Everything that can happen to a person's data, with a canary in every field that is not public. */
beforeAll(async () => {
  letter = await openLetter();
  tokens = [];
  await grantAdmin(`${SECRETS.admin}@example.org`, NOW);
  admin = (await admit(`${SECRETS.admin}@example.org`, NOW)) as Admin;
  await requestSignIn({ email: `${SECRETS.admin}@example.org`, locale: "en", now: NOW });
  tokens.push(await queuedToken(await sign(person(SECRETS.pending))));
  const withheld = await verified(person(SECRETS.withheld, { visibility: "WITHHELD" }));
  await approveSignature({ admin, seen: withheld, now: NOW, asExpert: true });
  const rejected = await verified(person(SECRETS.rejected));
  await rejectSignature({ admin, seen: rejected, now: NOW, reason: SECRETS.reason });
  const corrected = await verified(person("typo", { visibility: "WITHHELD" }));
  const correction = {
    kind: "INDIVIDUAL",
    country: "GB",
    fields: { name: `Ada ${SECRETS.corrected}` },
  } as const;
  await correctSignature({ admin, seen: corrected, now: NOW, correction });
  const base = organisation({ email: `${SECRETS.address}@organisation.example.org` });
  const representative = { representativeName: SECRETS.representative, representativeRole: SECRETS.role };
  const seen = await verified({ ...base, signatory: { ...base.signatory, ...representative } });
  await approveSignature({ admin, seen, now: NOW, asExpert: false });
});

describe("a dump of the whole database, queue and sign-in tables included", () => {
  it("shows what is public, so that the search below can find something", async () => {
    expect(await dumpDatabase(process.env.DATABASE_URL ?? "")).toContain("Example Foundation");
  });

  it("holds no address, comment, reason, representative, or name that is not public, in any case or coding", async () => {
    const dump = (await dumpDatabase(process.env.DATABASE_URL ?? "")).toLowerCase();
    for (const secret of Object.values(SECRETS)) {
      const word = secret.toLowerCase();
      expect(dump, secret).not.toContain(word);
      expect(dump, secret).not.toContain(Buffer.from(secret).toString("hex"));
    }
  });

  it("holds the country of nobody who is not shown, nor the language of anybody", async () => {
    const rows = await db.signature.findMany({
      where: { letterId: letter.id },
      include: { signatory: true, shown: true },
    });
    expect(rows.length).toBeGreaterThan(4);
    for (const { state, visibility, encryptedLanguage, signatory, shown } of rows) {
      expect(shown !== null, state).toBe(state === "APPROVED" && visibility === "PUBLIC");
      for (const encrypted of [encryptedLanguage, signatory.encryptedCountry])
        expect(encrypted).toMatch(/^x1\./);
    }
    // Nor can they be told apart by their length.
    const lengths = rows.map(({ encryptedLanguage, signatory }) => [
      encryptedLanguage.length,
      signatory.encryptedCountry?.length,
    ]);
    expect(new Set(lengths.map(String)).size).toBe(1);
    const audited = JSON.stringify(await db.auditEntry.findMany({ select: { details: true } }));
    expect(audited).not.toContain("country");
  });

  it("holds no token", async () => {
    const dump = await dumpDatabase(process.env.DATABASE_URL ?? "");
    expect(tokens.length).toBeGreaterThan(3);
    for (const token of tokens) expect(dump).not.toContain(token);
  });
});

describe("erasing a person", () => {
  it("takes the key, so that nothing of theirs opens any more, wherever it was copied", async () => {
    const { id } = await db.signature.findFirstOrThrow({
      where: { letterId: letter.id, visibility: "PUBLIC", state: "APPROVED" },
    });
    await db.$transaction((tx) => erasePersons(tx, [id]));
    expect(await db.signatureKey.count({ where: { signatureId: id } })).toBe(0);
    const dump = await dumpDatabase(process.env.DATABASE_URL ?? "");
    expect(dump).not.toContain("Example Foundation");
    expect(dump).toContain(id);
    const left = await db.signature.findUniqueOrThrow({ where: { id }, include: { signatory: true } });
    expect(left).toMatchObject({ encryptedLanguage: "", updates: false, addressHash: null });
    expect(left.signatory).toMatchObject({ encryptedCountry: null, expert: false });
  });
});

it("seals the countries and languages that older versions kept in the clear, and empties those of erased people", async () => {
  const [waiting, erased] = [await sign(person("old")), await sign(person("gone"))];
  await db.$transaction((tx) => erasePersons(tx, [erased]));
  for (const id of [waiting, erased]) {
    const signatory = { update: { encryptedCountry: "GB" } };
    await db.signature.update({ where: { id }, data: { encryptedLanguage: "ar", signatory } });
  }
  expect(await encryptOldOrigins()).toBe(2);
  expect(await encryptOldOrigins()).toBe(0);
  const include = { signatory: true, key: true } as const;
  const row = await db.signature.findUniqueOrThrow({ where: { id: waiting }, include });
  const key = decryptDataKey(waiting, row.key?.wrapped ?? "");
  expect(decryptLanguage(key, row.encryptedLanguage)).toBe("ar");
  expect(row.signatory.encryptedCountry).toMatch(/^x1\./);
  expect(decryptCountry(key, row.signatory.encryptedCountry)).toBe("GB");
  const gone = await db.signature.findUniqueOrThrow({ where: { id: erased }, include });
  expect(gone).toMatchObject({ encryptedLanguage: "", signatory: { encryptedCountry: null } });
});
