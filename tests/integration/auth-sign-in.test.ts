import { describe, expect, it } from "vitest";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { admit, decryptAdminAddress } from "@/lib/auth/admin";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { isAdmin } from "@/lib/auth/is-admin";
import { listAdmins } from "@/lib/auth/list-admins";
import { requestSignIn } from "@/lib/auth/request-sign-in";
import { revokeAdmin } from "@/lib/auth/revoke-admin";
import { endSession, resumeSession } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { forgetOldLinks, forgetOldSessions, linkWorks } from "@/lib/auth/sign-in-links";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { hashToken } from "@/lib/encryption/tokens";
import { sessionOf } from "../support/admin-sessions";
import { later, NOW } from "../support/letters";
import { moderator } from "../support/moderators";

type Job = { message: string; encryptedToken: string; encryptedAddress: string; locale: string };

/** The sign-in mails that wait, oldest first. */
async function jobs(): Promise<Job[]> {
  const rows = await db.mail.findMany({
    where: { message: "admin-sign-in" },
    orderBy: [{ queuedAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ message, payload }) => ({ message, ...(payload as Omit<Job, "message">) }));
}

const jobsFor = async (address: string) =>
  (await jobs()).filter(({ encryptedAddress }) => decryptAdminAddress(encryptedAddress) === address);

const jobCount = async () => (await jobs()).length;

const tokenOf = (job?: Job) => decrypt(deploymentKey(), "admin.token", job?.encryptedToken ?? "");

async function linkFor(email: string, now = NOW): Promise<string> {
  if (!(await isAdmin(email))) await grantAdmin(email, NOW);
  await requestSignIn({ email, locale: "en", now });
  return tokenOf((await jobsFor(email)).at(-1));
}

/** Uses a link up. @returns whose session it began */
async function use(token: string, now: Date): Promise<string | undefined> {
  const begun = await signIn({ token, device: { browser: null, system: null }, now });
  return begun ? (await resumeSession(begun.token, now))?.admin?.address : undefined;
}

describe("asking for a link", () => {
  it("keeps nothing and queues nothing for who is no administrator, however many they are", async () => {
    const kept = () => Promise.all([db.adminLink.count(), db.addressMail.count(), jobs()]);
    const before = await kept();
    for (const place of Array(30).keys())
      await requestSignIn({ email: `unknown${place}@example.org`, locale: "en", now: NOW });
    expect(await kept()).toEqual(before);
  });

  it("keeps neither address nor token in the clear", async () => {
    const token = await linkFor("encrypted@example.org");
    const tables = [
      await db.$queryRaw`SELECT * FROM admin_link`,
      await db.$queryRaw`SELECT * FROM address_mail`,
      await db.$queryRaw`SELECT m::text FROM mail m`,
    ];
    const stored = JSON.stringify(tables);
    expect(stored).not.toContain("encrypted@example.org");
    expect(stored).not.toContain(token);
  });

  it("sends one mail in two minutes and five in an hour, over all spellings of letters' case", async () => {
    await grantAdmin("often@example.org", NOW);
    const ask = (minutes: number) =>
      requestSignIn({ email: "Often@Example.ORG", locale: "en", now: later(minutes) });
    for (const minutes of [0, 1, 2, 4, 6, 8, 10, 17]) await ask(minutes);
    expect(await jobsFor("often@example.org")).toHaveLength(5);
    await ask(60);
    expect(await jobsFor("often@example.org")).toHaveLength(6);
  });

  it("sends another beyond the five once none of the mailed links works, so that no stranger locks anybody out", async () => {
    await grantAdmin("besieged@example.org", NOW);
    const ask = (minutes: number) =>
      requestSignIn({ email: "besieged@example.org", locale: "en", now: later(minutes) });
    const sent: number[] = [];
    for (let minute = 0; minute < 180; minute += 2) {
      const before = await jobCount();
      await ask(minute);
      if ((await jobCount()) > before) sent.push(minute);
    }
    expect(sent.slice(0, 7)).toEqual([0, 2, 4, 6, 8, 18, 28]);
    const waits = sent.map((minute, place) => minute - (sent[place - 1] ?? minute));
    expect(Math.max(...waits)).toBeLessThanOrEqual(10);
    for (const minute of sent)
      expect(sent.filter((other) => other >= minute && other < minute + 60).length).toBeLessThanOrEqual(10);
  });

  it("keeps to a day's number, and still sends one an hour, so that there is always a way in", async () => {
    const email = "flooded@example.org";
    await grantAdmin(email, NOW);
    const sent: number[] = [];
    for (let minute = 0; minute < 2 * 24 * 60; minute += 15) {
      const before = await jobCount();
      await requestSignIn({ email, locale: "en", now: later(minute) });
      if ((await jobCount()) > before) sent.push(minute);
    }
    const inDay = (from: number) => sent.filter((minute) => minute >= from && minute < from + 24 * 60).length;
    expect(Math.max(...sent.map(inDay))).toBeLessThanOrEqual(50);
    const waits = sent.map((minute, place) => minute - (sent[place - 1] ?? minute));
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
  });

  it("sends one beyond the limit of a network too, so that nobody who shares it locks anybody out", async () => {
    const network = "192.0.2.50";
    const from = (email: string) => requestSignIn({ email, locale: "en", network, now: NOW });
    for (let stranger = 0; stranger < LIMITS.signInsOfNetwork.points; stranger++)
      await from(`stranger${stranger}@example.org`);
    const email = "shared@example.org";
    await grantAdmin(email, NOW);
    await from(email);
    expect(await jobsFor(email)).toHaveLength(1);
    await requestSignIn({ email, locale: "en", network, now: later(5) });
    expect(await jobsFor(email)).toHaveLength(1);
    await requestSignIn({ email, locale: "en", network, now: later(11) });
    expect(await jobsFor(email)).toHaveLength(2);
  });

  it("sends one mail to 50 who ask at once", async () => {
    await grantAdmin("rush@example.org", NOW);
    const asked = Array.from({ length: 50 }, () =>
      requestSignIn({ email: "rush@example.org", locale: "en", now: NOW }),
    );
    await Promise.all(asked);
    expect(await jobsFor("rush@example.org")).toHaveLength(1);
  });

  it.each([
    "",
    "nobody",
    "a@b",
    "a b@example.org",
    "a@example.org\nBcc: b@example.org",
    "a@example.org, b@example.org",
  ])("refuses %j", async (email) => {
    const asked = requestSignIn({ email, locale: "en", now: NOW });
    await expect(asked).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a mailed link", () => {
  it("works once", async () => {
    const token = await linkFor("once@example.org");
    expect(await linkWorks(token, later(1))).toBe(true);
    expect(await use(token, later(1))).toBe("once@example.org");
    expect(await use(token, later(1))).toBeUndefined();
    expect(await linkWorks(token, later(1))).toBe(false);
  });

  it("works for one of 50 who use it at once", async () => {
    const token = await linkFor("many@example.org");
    const used = await Promise.all(Array.from({ length: 50 }, () => use(token, later(1))));
    expect(used.filter(Boolean)).toHaveLength(1);
  });

  it("works up to ten minutes, and being looked at does it no harm", async () => {
    const token = await linkFor("slow@example.org");
    for (let look = 0; look < 100; look++) await linkWorks(token, later(9));
    expect(await linkWorks(token, later(10))).toBe(false);
    expect(await use(token, later(10))).toBeUndefined();
    expect(await use(token, new Date(later(10).getTime() - 1))).toBe("slow@example.org");
  });

  it("is forgotten when it is over", async () => {
    const token = await linkFor("gone@example.org");
    await forgetOldLinks(later(9), 500);
    expect(await linkWorks(token, later(9))).toBe(true);
    await forgetOldLinks(later(10), 500);
    expect(await db.adminLink.count({ where: { tokenHash: hashToken(token) } })).toBe(0);
  });
});

describe("who is an administrator", () => {
  it("those of the configuration and of the command line", async () => {
    expect(await isAdmin("ADMIN@example.org")).toBe(true);
    expect(await isAdmin("added@example.org")).toBe(false);
    expect(await grantAdmin(" Added@EXAMPLE.org ", NOW)).toBe("added@example.org");
    await grantAdmin("added@example.org", NOW);
    expect(await isAdmin("added@example.org")).toBe(true);
    const admins = await listAdmins();
    expect(admins).toContainEqual({ address: "admin@example.org", role: "OWNER", from: "configuration" });
    expect(admins.filter(({ address }) => address === "added@example.org")).toHaveLength(1);
    expect(await revokeAdmin("added@example.org", NOW)).toEqual({ stillConfigured: false });
    expect(await isAdmin("added@example.org")).toBe(false);
    expect(await revokeAdmin("admin@example.org", NOW)).toEqual({ stillConfigured: true });
    await expect(revokeAdmin("never@example.org", NOW)).rejects.toMatchObject({ code: "not-found" });
  });

  it.each([
    ["a sub-address", "admin+x@example.org"],
    ["dots", "ad.min@example.org"],
    ["a Cyrillic letter", "аdmin@example.org"],
    ["a dotless i", "admın@example.org"],
    ["full-width letters", "ａdmin@example.org"],
    ["a subdomain", "admin@mail.example.org"],
    ["a longer domain", "admin@example.org.evil.test"],
    ["a lookalike domain", "admin@exаmple.org"],
    ["two addresses", "admin@example.org,evil@example.net"],
    ["an address beside it", "admin@example.org@evil.test"],
    ["a name beside it", "Admin <admin@example.org>"],
    ["a zero-width space", "admin\u200b@example.org"],
  ])("nobody with %s", async (_, address) => {
    expect(await isAdmin(address)).toBe(false);
    expect(await admit(address, NOW)).toBeNull();
  });

  it("nobody whose right was taken away before the link was used", async () => {
    const token = await linkFor("late@example.org");
    await revokeAdmin("late@example.org", NOW);
    expect(await use(token, later(1))).toBeUndefined();
    expect(await linkWorks(token, later(1))).toBe(false);
    expect(await db.admin.count({ where: { granted: false, sessions: { some: {} } } })).toBe(0);
  });
});

describe("a session", () => {
  it("lasts twelve hours, is stored as a hash, and ends at the sign-out", async () => {
    const { id } = await moderator("session@example.org");
    const token = await sessionOf(id, NOW);
    expect(JSON.stringify(await db.adminSession.findMany())).not.toContain(token);
    for (let minutes = 20; minutes < 12 * 60; minutes += 20)
      expect(await resumeSession(token, later(minutes)), `${minutes}`).toMatchObject({
        admin: { address: "session@example.org", role: "MODERATOR" },
      });
    expect(await resumeSession(token, later(12 * 60))).toBeNull();
    await endSession(token);
    expect(await resumeSession(token, NOW)).toBeNull();
  });

  it("ends after half an hour without a request; a request is written down once a minute", async () => {
    const { id } = await moderator("idle@example.org");
    const token = await sessionOf(id, NOW);
    const seen = async () => (await db.adminSession.findFirstOrThrow({ where: { adminId: id } })).seenAt;
    await resumeSession(token, later(0.9));
    expect(await seen()).toEqual(NOW);
    await resumeSession(token, later(29));
    expect(await seen()).toEqual(later(29));
    expect(await resumeSession(token, later(58.9))).not.toBeNull();
    expect(await resumeSession(token, later(58.9 + 30))).toBeNull();
    await forgetOldSessions(later(58.9 + 30), 500);
    expect(await db.adminSession.count({ where: { adminId: id } })).toBe(0);
  });

  it("ends when the right is taken away, and does not come back with it", async () => {
    const { id } = await moderator("removed@example.org");
    const token = await sessionOf(id, NOW);
    await revokeAdmin("removed@example.org", NOW);
    expect(await resumeSession(token, NOW)).toBeNull();
    await grantAdmin("removed@example.org", NOW);
    expect(await resumeSession(token, NOW)).toBeNull();
  });

  it("does not work for an administrator whose row alone is left", async () => {
    const { id } = await moderator("left@example.org");
    const token = await sessionOf(id, NOW);
    await db.admin.update({ where: { id }, data: { granted: false } });
    expect(await resumeSession(token, NOW)).toBeNull();
  });
});
