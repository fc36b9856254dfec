import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { program } from "@/bin/launch/services";
import { byAdmin } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { setWords } from "@/lib/letters/settings/set-words";
import { KEPT_DAYS } from "@/lib/retention/rules";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { consentVersion } from "@/lib/signatures/consent";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import { ownReceipts } from "@/lib/signatures/receipt/own-receipts";
import { verifyReceipts } from "@/lib/signatures/receipt/signed-receipt";
import { signLetter } from "@/lib/signatures/sign-letter";
import { runNode } from "../support/launcher";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { logged } from "../support/logged";
import { manageLinkTo } from "../support/manage-link";
import { moderator, waitingSignature } from "../support/moderators";
import { queuedToken } from "../support/queued-mails";

const LINE = "I agree that the letter is read out in parliament.";
const EMAIL = "ada@receipts.example";

/** The canonical form, made another way. */
function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join()}]`;
  if (!value || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${ordered(value[name as never])}`).join()}}`;
}

async function receiptsOf(token: string) {
  const file = await ownReceipts(token, "en", NOW);
  if (!file) throw new Error("no receipts");
  return file;
}

/** Signs under a line of the organiser's own, which another one replaces afterwards. */
async function signedUnderLine() {
  const { id: letterId, slug } = await openLetter();
  const context = byAdmin(await moderator("owner@receipts.example", "OWNER"), NOW);
  const words = { locale: "en", questions: null, expertForms: null, expertNote: null } as const;
  await setWords(context, slug, { ...words, consentLine: LINE });
  const input = individual({ email: EMAIL, comment: "For you alone." });
  await signLetter({ slug, locale: "en", input, now: NOW, consentLine: LINE });
  const { id } = await db.signature.findFirstOrThrow({ where: { letterId } });
  await confirmSignature({ id, token: await queuedToken(id), revision: 1, now: NOW });
  await setWords(context, slug, { ...words, consentLine: "Another line." });
  return { id, slug, token: await manageLinkTo(id) };
}

describe("a consent receipt", () => {
  it("says what was agreed to, for how long data is kept, and names nobody", async () => {
    const { id, slug, token } = await signedUnderLine();
    const lines = await logged(async () => {
      const text = JSON.stringify(await receiptsOf(token));
      for (const personal of [EMAIL, "Exampleton", "For you alone", token, id])
        expect(text).not.toContain(personal);
    });
    expect(lines).toBe("");
    const [{ receipt } = {}] = (await receiptsOf(token)).receipts;
    expect(receipt).toMatchObject({
      record_id: publicId(id),
      events: [{ event_time: NOW.toISOString(), event_state: "given" }],
      pii_processing: {
        consent_text: { version: consentVersion(LINE), own_line: LINE },
        services: [{ url: expect.stringContaining(slug), version: 1 }],
        pii_information: expect.arrayContaining(["name", "country", "email", "comment"]),
        withdrawal_method: { url: expect.stringContaining("/signatures") },
      },
    });
    const periods = receipt?.pii_processing.storage_conditions.map((one) =>
      "retention_period" in one ? one.retention_period : null,
    );
    expect(periods).toEqual(
      expect.arrayContaining(["P21M", `P${KEPT_DAYS.rejected}D`, `P${KEPT_DAYS.network}D`]),
    );
  });

  it("is genuine however the file is laid out, and no longer once anything is changed", async () => {
    const { slug } = await openLetter();
    const seen = await waitingSignature(slug, organisation({ email: "org@receipts.example" }));
    const file = await receiptsOf(await manageLinkTo(seen.signatureId));
    const genuine = (text: string) => verifyReceipts(text)?.map((one) => one.genuine);
    expect(genuine(JSON.stringify(file))).toEqual([true]);
    expect(genuine(JSON.stringify(file, null, 4))).toEqual([true]);
    const [{ receipt, proof } = { receipt: null, proof: null }] = file.receipts;
    const upside = Object.fromEntries(Object.entries(receipt ?? {}).reverse());
    expect(genuine(JSON.stringify({ receipts: [{ proof, receipt: upside }] }))).toEqual([true]);
    const changed = JSON.stringify(file).replace(NOW.toISOString(), "2020-01-01T00:00:00.000Z");
    expect(changed).not.toBe(JSON.stringify(file));
    expect(genuine(changed)).toEqual([false]);
    const more = { receipts: [{ receipt: { ...receipt, also: "this" }, proof }] };
    expect(genuine(JSON.stringify(more))).toEqual([false]);
  });

  it("is not genuine under a key that it brings along, nor without a proof", async () => {
    const { slug } = await openLetter();
    const seen = await waitingSignature(slug, individual({ email: "ben@receipts.example" }));
    const [{ receipt, proof } = { receipt: null, proof: null }] = (
      await receiptsOf(await manageLinkTo(seen.signatureId))
    ).receipts;
    const jwk = { kty: "OKP", crv: "Ed25519", x: proof?.public_key };
    const bytes = Buffer.from(proof?.signature ?? "", "base64url");
    const known = createPublicKey({ key: jwk, format: "jwk" });
    expect(verify(null, Buffer.from(ordered(receipt)), known, bytes), "by anybody").toBe(true);
    const other = generateKeyPairSync("ed25519");
    const key = createPrivateKey(other.privateKey.export({ format: "pem", type: "pkcs8" }));
    const forged = {
      ...proof,
      public_key: other.publicKey.export({ format: "jwk" }).x,
      signature: sign(null, Buffer.from(ordered(receipt)), key).toString("base64url"),
    };
    for (const wrong of [forged, { ...proof, signature: "" }, { ...proof, signature: 7 }, null])
      expect(verifyReceipts(JSON.stringify({ receipts: [{ receipt, proof: wrong }] }))).toEqual([
        { record: publicId(seen.signatureId), genuine: false },
      ]);
    for (const text of ["", "{", "[]", "null", '{"receipts":[]}', '{"signatures":[{}]}'])
      expect(verifyReceipts(text), text).toBeNull();
    expect(verifyReceipts('{"receipts":[null]}')).toEqual([{ record: "", genuine: false }]);
  });

  it("is checked by a command that starts no database for it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "undersigned-receipt-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    // PostgreSQL’s data would be elsewhere where its own user could not reach this folder.
    await chmod(folder, 0o711);
    const file = join(folder, "receipts.json");
    await writeFile(file, '{"receipts":[{"receipt":{"record_id":"r1"}}]}');
    const command = runNode(program("command", "receipt", file), { DATA_DIR: join(folder, "data") });
    expect([await command.ended, command.said()]).toEqual([
      1,
      expect.stringContaining("Not genuine: receipt r1"),
    ]);
    expect(existsSync(join(folder, "data/postgres"))).toBe(false);
  });

  it("is for the holder of the link, one for each signature, until it is withdrawn", async () => {
    const { slug } = await openLetter();
    const email = "both@receipts.example";
    const { signatureId: id } = await waitingSignature(slug, individual({ email }));
    await waitingSignature(slug, organisation({ email }));
    const token = await manageLinkTo(id);
    expect(new Set((await receiptsOf(token)).receipts.map(({ receipt }) => receipt.record_id)).size).toBe(2);
    expect(await ownReceipts("0".repeat(25), "en", NOW)).toBeNull();
    await withdrawOwn({ token, id, now: NOW });
    expect((await ownReceipts(token, "en", NOW))?.receipts ?? []).not.toContainEqual(
      expect.objectContaining({ receipt: expect.objectContaining({ record_id: publicId(id) }) }),
    );
  });
});
