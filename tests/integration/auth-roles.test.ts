import { describe, expect, it } from "vitest";
import { type Admin, admit } from "@/lib/auth/admin";
import { assertMay, assertStillMay } from "@/lib/auth/assert-may";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { revokeAdmin } from "@/lib/auth/revoke-admin";
import { resumeSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { failedMails } from "@/lib/mail/failed-mails";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { listBlocks } from "@/lib/moderation/blocklist/queries";
import { correctSignature } from "@/lib/moderation/correct-signature";
import { wholeView } from "@/lib/moderation/filters/rules";
import { lastActions, signatureHistory } from "@/lib/moderation/history";
import { letterCounts } from "@/lib/moderation/letter-counts";
import { markExpert } from "@/lib/moderation/mark-expert";
import { overview } from "@/lib/moderation/overview";
import { listSignatures } from "@/lib/moderation/queries";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { todoOf } from "@/lib/moderation/todo";
import { objectedEntries } from "@/lib/objections/queries";
import { sessionOf } from "../support/admin-sessions";
import { individual, later, NOW, openLetter } from "../support/letters";
import { moderator, waitingSignature } from "../support/moderators";

const forbidden = { code: "forbidden" };

describe("a role", () => {
  it("is an owner's for whom the configuration names, and a moderator's for whom the command line adds", async () => {
    expect(await admit("admin@example.org", NOW)).toMatchObject({ role: "OWNER" });
    expect(await moderator("plain@example.org")).toMatchObject({ role: "MODERATOR" });
    expect(await moderator("reader@example.org", "READER")).toMatchObject({ role: "READER" });
  });

  it("stays when the same administrator is added again without one", async () => {
    await moderator("kept@example.org", "READER");
    await grantAdmin("kept@example.org", NOW);
    expect(await admit("kept@example.org", NOW)).toMatchObject({ role: "READER" });
  });

  it("changes, and ends the sessions, when another one is given", async () => {
    const { id } = await moderator("changed@example.org", "OWNER");
    const token = await sessionOf(id, NOW);
    await grantAdmin("changed@example.org", NOW, "OWNER");
    expect(await resumeSession(token, later(1))).not.toBeNull();
    await grantAdmin("changed@example.org", NOW, "READER");
    expect(await resumeSession(token, later(1))).toBeNull();
    expect(await db.auditEntry.count({ where: { adminId: id, action: "admin.role" } })).toBe(1);
  });
});

describe("a reader", () => {
  it("sees numbers and no signature, and can do nothing with one", async () => {
    const admin = await moderator("looks@example.org", "READER");
    const letter = await openLetter();
    const seen = await waitingSignature(letter.slug, individual());
    for (const look of [
      listSignatures(admin, wholeView("VERIFIED")),
      signatureDetail(admin, seen.signatureId),
      signatureHistory(admin, seen.signatureId),
      lastActions(admin, 10),
      objectedEntries(admin, "en", NOW),
      listBlocks(admin),
      failedMails(admin, "open"),
    ])
      await expect(look).rejects.toMatchObject(forbidden);
    const [counts] = await letterCounts(admin, "en");
    expect(counts).toMatchObject({ slug: letter.slug, counts: { VERIFIED: 1 } });
    const { letters } = await overview(admin, "en", NOW);
    expect(JSON.stringify([letters, await todoOf(admin, 0, NOW)])).not.toContain("Ada");
    const moderation = { admin, seen, now: NOW };
    const correction = { kind: "INDIVIDUAL" as const, country: "FR", fields: {} };
    await expect(approveSignature({ ...moderation, asExpert: false })).rejects.toMatchObject(forbidden);
    await expect(rejectSignature({ ...moderation, reason: "No." })).rejects.toMatchObject(forbidden);
    await expect(markExpert({ ...moderation, expert: true })).rejects.toMatchObject(forbidden);
    await expect(correctSignature({ ...moderation, correction })).rejects.toMatchObject(forbidden);
    expect(await db.signature.findUnique({ where: { id: seen.signatureId } })).toMatchObject({
      state: "VERIFIED",
      revision: seen.revision,
    });
  });
});

describe("the check", () => {
  it("goes by the role that was admitted for looking, and by the row as it stands for acting", async () => {
    const admin: Admin = await moderator("demoted@example.org", "OWNER");
    expect(() => assertMay(admin, "team.manage")).not.toThrow();
    await grantAdmin("demoted@example.org", NOW, "MODERATOR");
    await expect(assertStillMay(db, admin, "team.manage")).rejects.toMatchObject(forbidden);
    await assertStillMay(db, admin, "signature.moderate");
    await revokeAdmin("demoted@example.org", NOW);
    await expect(assertStillMay(db, admin, "signature.read")).rejects.toMatchObject(forbidden);
  });
});
