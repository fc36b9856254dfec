import { describe, expect, it } from "vitest";
import { confirmedAdmin } from "@/lib/auth/confirmed-admin";
import { addPasskey } from "@/lib/auth/passkeys/add-passkey";
import { readAuthentication, readRegistration } from "@/lib/auth/passkeys/answers";
import { askForPasskey } from "@/lib/auth/passkeys/ask-for-passkey";
import { offerPasskey } from "@/lib/auth/passkeys/offer-passkey";
import { ownPasskeys } from "@/lib/auth/passkeys/own-passkeys";
import { removePasskey } from "@/lib/auth/passkeys/remove-passkey";
import { renamePasskey } from "@/lib/auth/passkeys/rename-passkey";
import { verifyByPasskey } from "@/lib/auth/passkeys/verify-by-passkey";
import { codesLeft, makeRecoveryCodes } from "@/lib/auth/recovery/make-recovery-codes";
import { verifyByCode } from "@/lib/auth/recovery/verify-by-code";
import { resetSecondFactor } from "@/lib/auth/reset-second-factor";
import { isConfirmed, offersConfirmed } from "@/lib/auth/rules";
import { resumeSession, type Session } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { sessionOf } from "../support/admin-sessions";
import { later, NOW } from "../support/letters";
import { freshModerator, moderator } from "../support/moderators";
import { SoftAuthenticator } from "../support/soft-authenticator";

// Read before the configuration is.
process.env.ADMIN_SECOND_FACTOR = "required";

const MINUTE = later(1);
let count = 0;
const somebody = () => moderator(`second${++count}@example.org`);
const newKey = () => new SoftAuthenticator(env().publicUrl);

async function signIn({ id }: { id: string }): Promise<{ token: string; session: Session }> {
  const token = await sessionOf(id, NOW);
  return { token, session: await live(token) };
}

async function live(token: string): Promise<Session> {
  const session = await resumeSession(token, MINUTE);
  if (!session) throw new Error("the session has ended");
  return session;
}

async function register(session: Session, key = newKey()) {
  const answer = readRegistration(key.register(await offerPasskey(session, "Letters", MINUTE)));
  return { key, token: await addPasskey({ session, answer, name: "Laptop", now: MINUTE }) };
}

/** An administrator with one passkey and a whole session. */
async function equipped() {
  const admin = await somebody();
  const { session } = await signIn(admin);
  const { key, token } = await register(session);
  return { admin, key, token, session: await live(token) };
}

const adminOf = (session: Session) => confirmedAdmin(session, MINUTE);

describe("a session where the second factor is required", () => {
  it("is half until the first passkey is made, and then has another cookie", async () => {
    const { token, session } = await signIn(await somebody());
    expect(session).toMatchObject({ admin: null, half: { address: `second${count}@example.org` } });
    const made = await register(session);
    expect(await resumeSession(token, MINUTE)).toBeNull();
    expect(await resumeSession(made.token, MINUTE)).toMatchObject({ id: session.id, half: null });
    expect((await resumeSession(made.token, MINUTE))?.admin).toMatchObject({ role: "MODERATOR" });
  });

  it("waits a quarter of an hour for the mfa, however busy it is", async () => {
    const { token } = await signIn(await somebody());
    expect(await resumeSession(token, later(14.9))).not.toBeNull();
    expect(await resumeSession(token, later(15))).toBeNull();
  });

  it("becomes whole by a passkey, once for one answer", async () => {
    const { admin, key } = await equipped();
    const { token, session } = await signIn(admin);
    expect(session.admin).toBeNull();
    const answer = readAuthentication(key.verify(await askForPasskey(session, MINUTE)));
    const verified = await verifyByPasskey({ session, answer, now: MINUTE });
    expect((await resumeSession(verified, MINUTE))?.admin).not.toBeNull();
    expect(await resumeSession(token, MINUTE)).toBeNull();
    const replayed = verifyByPasskey({ session, answer, now: MINUTE });
    await expect(replayed).rejects.toMatchObject({ code: "stale" });
    const other = await signIn(admin);
    await askForPasskey(other.session, MINUTE);
    const elsewhere = verifyByPasskey({ session: other.session, answer, now: MINUTE });
    await expect(elsewhere).rejects.toMatchObject({ code: "invalid" });
  });

  it("becomes whole for one of ten who send the same answer at once", async () => {
    const { admin, key } = await equipped();
    const { session } = await signIn(admin);
    const answer = readAuthentication(key.verify(await askForPasskey(session, MINUTE)));
    const sent = Array.from({ length: 10 }, () => verifyByPasskey({ session, answer, now: MINUTE }));
    const done = (await Promise.allSettled(sent)).filter(({ status }) => status === "fulfilled");
    expect(done).toHaveLength(1);
  });
});

describe("an answer that does not hold", () => {
  it.each([
    ["from another origin", { origin: "https://letters.test.evil.test" }],
    ["from another host's ceremony", { host: "evil.test" }],
    ["to another challenge", { challenge: Buffer.alloc(32).toString("base64url") }],
    ["of the other ceremony", { type: "webauthn.create" }],
    ["of an authenticator whose counter went back, as a copy's does", { counter: 1 }],
  ])("%s proves nothing", async (_, claims) => {
    const { admin, key } = await equipped();
    const { session, token } = await signIn(admin);
    const answer = readAuthentication(key.verify(await askForPasskey(session, MINUTE), claims));
    const mfa = verifyByPasskey({ session, answer, now: MINUTE });
    await expect(mfa).rejects.toMatchObject({ code: "invalid" });
    expect((await resumeSession(token, MINUTE))?.admin).toBeNull();
  });

  it("of somebody else's passkey proves nothing", async () => {
    const { key } = await equipped();
    const { admin } = await equipped();
    const { session } = await signIn(admin);
    const answer = readAuthentication(key.verify(await askForPasskey(session, MINUTE)));
    const mfa = verifyByPasskey({ session, answer, now: MINUTE });
    await expect(mfa).rejects.toMatchObject({ code: "invalid" });
  });

  it("that comes too late proves nothing", async () => {
    const { admin, key } = await equipped();
    const { session } = await signIn(admin);
    const answer = readAuthentication(key.verify(await askForPasskey(session, MINUTE)));
    const mfa = verifyByPasskey({ session, answer, now: later(6) });
    await expect(mfa).rejects.toMatchObject({ code: "stale" });
  });

  it.each(["", "{}", "null", '{"id":1}', JSON.stringify({ id: "a", rawId: "a", type: "public-key" })])(
    "and is not even one is refused: %j",
    (text) => {
      expect(() => readAuthentication(text)).toThrow("invalid");
      expect(() => readRegistration(text)).toThrow("invalid");
    },
  );

  it.each([
    ["another origin", { origin: "https://evil.test" }],
    ["another host", { host: "evil.test" }],
    ["another challenge", { challenge: "AAAA" }],
  ])("adds no passkey: %s", async (_, claims) => {
    const { session } = await signIn(await somebody());
    const answer = readRegistration(
      newKey().register(await offerPasskey(session, "Letters", MINUTE), claims),
    );
    const added = addPasskey({ session, answer, name: "x", now: MINUTE });
    await expect(added).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a passkey", () => {
  it("is not added in half a session by somebody who has one to verify", async () => {
    const { admin } = await equipped();
    const { session } = await signIn(admin);
    await expect(register(session)).rejects.toMatchObject({ code: "forbidden" });
    expect(await ownPasskeys(admin)).toHaveLength(1);
  });

  it("is made once as the first one, of two half sessions at once", async () => {
    const admin = await somebody();
    const sessions = [(await signIn(admin)).session, (await signIn(admin)).session];
    const done = await Promise.allSettled(sessions.map((session) => register(session)));
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await ownPasskeys(admin)).toHaveLength(1);
  });

  it("can be added beside others, renamed and removed, but not the last one", async () => {
    const { admin, session, key } = await equipped();
    await expect(register(session, key)).rejects.toMatchObject({ code: "conflict" });
    const second = await register(session);
    const whole = await live(second.token);
    const [first, other] = await ownPasskeys(admin);
    const named = { admin: adminOf(whole), id: other?.id ?? "", name: "Key ring", now: MINUTE };
    await renamePasskey(named);
    expect((await ownPasskeys(admin))[1]).toMatchObject({ name: "Key ring" });
    const { token: elsewhere } = await signIn(admin);
    const removal = { admin: adminOf(whole), sessionId: whole.id, now: MINUTE };
    await removePasskey({ ...removal, id: first?.id ?? "" });
    expect(await resumeSession(elsewhere, MINUTE)).toBeNull();
    expect(await resumeSession(second.token, MINUTE)).not.toBeNull();
    const last = removePasskey({ ...removal, id: other?.id ?? "" });
    await expect(last).rejects.toMatchObject({ code: "last" });
    expect(await ownPasskeys(admin)).toHaveLength(1);
  });

  it("is nobody else's to rename or remove", async () => {
    const [mine, theirs] = [await equipped(), await equipped()];
    const [key] = await ownPasskeys(theirs.admin);
    const act = { admin: adminOf(mine.session), id: key?.id ?? "", sessionId: mine.session.id, now: MINUTE };
    await expect(renamePasskey({ ...act, name: "x" })).rejects.toMatchObject({ code: "not-found" });
    await expect(removePasskey(act)).rejects.toMatchObject({ code: "not-found" });
    expect(await ownPasskeys(theirs.admin)).toHaveLength(1);
  });

  it("is forgotten with codes and sessions when the operator resets the second factor", async () => {
    const { admin, token, session } = await equipped();
    await makeRecoveryCodes(adminOf(session), MINUTE);
    await resetSecondFactor(admin.address, MINUTE);
    expect(await ownPasskeys(admin)).toEqual([]);
    expect(await codesLeft(admin)).toBe(0);
    expect(await resumeSession(token, MINUTE)).toBeNull();
    const again = (await signIn(admin)).session;
    await register(again);
    await expect(resetSecondFactor("x@example.org", NOW)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("recovery codes", () => {
  it("are ten, each makes one session whole, once, in any spelling; only hashes are kept", async () => {
    const { admin, session } = await equipped();
    const codes = await makeRecoveryCodes(adminOf(session), MINUTE);
    expect(new Set(codes).size).toBe(10);
    const [first = "", second = ""] = codes;
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(JSON.stringify(await db.adminRecoveryCode.findMany())).not.toContain(first.replaceAll("-", ""));
    const half = (await signIn(admin)).session;
    const verified = await verifyByCode(half, first.toLowerCase().replaceAll("-", " "), MINUTE);
    expect((await resumeSession(verified ?? "", MINUTE))?.admin).not.toBeNull();
    const again = (await signIn(admin)).session;
    expect(await verifyByCode(again, first, MINUTE)).toBeNull();
    expect(await codesLeft(admin)).toBe(9);
    await makeRecoveryCodes(adminOf(session), MINUTE);
    expect(await verifyByCode(again, second, MINUTE)).toBeNull();
  });

  it("make one session whole of ten that use one at once", async () => {
    const { admin, session } = await equipped();
    const [code = ""] = await makeRecoveryCodes(adminOf(session), MINUTE);
    const sessions = await Promise.all(Array.from({ length: 10 }, () => signIn(admin)));
    const used = await Promise.all(sessions.map((one) => verifyByCode(one.session, code, MINUTE)));
    expect(used.filter(Boolean)).toHaveLength(1);
  });

  it("work for nobody else, and are not made without a passkey", async () => {
    const [mine, theirs] = [await equipped(), await equipped()];
    const [code = ""] = await makeRecoveryCodes(adminOf(mine.session), MINUTE);
    for (const typed of [code, "", "0000-0000-0000-0000", "x".repeat(10_000), `${code}0`])
      expect(await verifyByCode((await signIn(theirs.admin)).session, typed, MINUTE)).toBeNull();
    await expect(makeRecoveryCodes(await freshModerator("none@example.org"), MINUTE)).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a session that was proved a while ago", () => {
  const LATE = later(1 + 15);

  it("adds no passkey and is offered nothing, until it is proved anew", async () => {
    const { admin, key, token } = await equipped();
    const stale = await live(token);
    expect(offersConfirmed(stale.mfa, later(1 + 9.9))).toBe(true);
    expect(offersConfirmed(stale.mfa, later(1 + 10))).toBe(false);
    expect(() => confirmedAdmin(stale, later(1 + 14.9))).not.toThrow();
    expect(() => confirmedAdmin(stale, LATE)).toThrow("not-confirmed");
    const offered = offerPasskey(stale, "Letters", LATE);
    await expect(offered).rejects.toMatchObject({ code: "not-confirmed" });
    const answer = readRegistration(newKey().register(await offerPasskey(stale, "Letters", later(14))));
    const added = addPasskey({ session: stale, answer, name: "Thief", now: LATE });
    await expect(added).rejects.toMatchObject({ code: "not-confirmed" });
    expect(await ownPasskeys(admin)).toHaveLength(1);
    const mfa = readAuthentication(key.verify(await askForPasskey(stale, LATE)));
    const verified = await verifyByPasskey({ session: stale, answer: mfa, now: LATE });
    const session = await resumeSession(verified, LATE);
    expect(confirmedAdmin(session as Session, LATE)).toMatchObject({ id: admin.id });
  });

  it("counts from its beginning where there is no passkey to verify, and from its mfa where there is one", () => {
    const session = { createdAt: NOW, mfaVerifiedAt: null, passkeys: 0 };
    expect(isConfirmed(session, later(14.9))).toBe(true);
    expect(isConfirmed(session, later(15))).toBe(false);
    expect(isConfirmed({ ...session, passkeys: 1 }, NOW)).toBe(false);
    expect(isConfirmed({ ...session, passkeys: 1, mfaVerifiedAt: later(20) }, later(30))).toBe(true);
  });

  it("is not taken for one without a passkey when another session made the first one", async () => {
    const admin = await somebody();
    const before = (await signIn(admin)).session;
    await register((await signIn(admin)).session);
    await expect(register(before)).rejects.toMatchObject({ code: "forbidden" });
    const whole = { ...before, admin, half: null } as Session;
    await expect(register(whole)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("proofs that fail", () => {
  const failures = (adminId: string) =>
    db.auditEntry.count({ where: { action: "admin.prove-failed", adminId } });

  it("are in the audit log, and the fifth ends the session", async () => {
    const { admin, key } = await equipped();
    const { token, session } = await signIn(admin);
    const wrong = async () => {
      const claims = { origin: "https://evil.test" };
      const answer = readAuthentication(key.verify(await askForPasskey(session, MINUTE), claims));
      return verifyByPasskey({ session, answer, now: MINUTE });
    };
    for (const typed of ["", "0000-0000-0000-0000"])
      expect(await verifyByCode(session, typed, MINUTE)).toBeNull();
    for (let time = 0; time < 2; time++) await expect(wrong()).rejects.toMatchObject({ code: "invalid" });
    expect(await resumeSession(token, MINUTE)).not.toBeNull();
    await expect(wrong()).rejects.toMatchObject({ code: "too-many-failures" });
    expect(await resumeSession(token, MINUTE)).toBeNull();
    expect(await failures(admin.id)).toBe(5);
    const after = verifyByCode(session, "", MINUTE);
    await expect(after).rejects.toMatchObject({ code: "conflict" });
    expect(await failures(admin.id)).toBe(5);
  });

  it("are forgotten by one that does not", async () => {
    const { admin, key } = await equipped();
    const { session } = await signIn(admin);
    for (let time = 0; time < 4; time++) await verifyByCode(session, "x", MINUTE);
    const answer = readAuthentication(key.verify(await askForPasskey(session, MINUTE)));
    await verifyByPasskey({ session, answer, now: MINUTE });
    expect(await verifyByCode(session, "x", MINUTE)).toBeNull();
    expect(await failures(admin.id)).toBe(5);
  });
});
