import { v7 as uuid } from "uuid";
import { describe, expect, it } from "vitest";
import { type Admin, admit } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import { adminHash } from "@/lib/auth/is-admin";
import { changeRole } from "@/lib/auth/team/change-role";
import { inviteAdmin } from "@/lib/auth/team/invite-admin";
import { teamMembers } from "@/lib/auth/team/team-members";
import { addUpStatistics } from "@/lib/counts/statistics/count-events";
import { statisticsOf, wantUpdates } from "@/lib/counts/statistics/statistics-of";
import { countVisit, writeVisits } from "@/lib/counts/statistics/visits";
import { db } from "@/lib/db/client";
import { addTimelineEntry } from "@/lib/letters/edit-timeline";
import { listLetters, organiserLetter } from "@/lib/letters/organiser-queries";
import { noticeMail } from "@/lib/mail/sending/notice-mail";
import { suppress } from "@/lib/mail/suppress-address";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { wholeView } from "@/lib/moderation/filters/rules";
import { lastActions } from "@/lib/moderation/history";
import { letterCounts } from "@/lib/moderation/letter-counts";
import { chooseNotices } from "@/lib/moderation/notices/choose-notices";
import { sendNotices } from "@/lib/moderation/notices/send-notices";
import { overview } from "@/lib/moderation/overview";
import { listSignatures } from "@/lib/moderation/queries";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { spellingHash } from "@/lib/signatures/claim";
import { individual, later, NOW, openLetter } from "../support/letters";
import { freshModerator, moderator, waitingSignature } from "../support/moderators";

const forbidden = { code: "forbidden" };

async function limited(role: "EDITOR" | "MODERATOR" | "READER", letters: string[], address: string) {
  const admin = await freshModerator("owner@example.org", "OWNER");
  await inviteAdmin({ admin, address, role, letters, now: NOW });
  const found = await admit(address, NOW);
  if (!found) throw new Error("was not admitted");
  return found;
}

describe("somebody whose role is for one letter", () => {
  it("sees and does there what the role may, and nothing elsewhere", async () => {
    const [own, other] = [await openLetter(), await openLetter()];
    const admin = await limited("EDITOR", [own.id], "one@example.org");
    expect(admin).toMatchObject({ role: "EDITOR", letters: [own.id] });
    const here = await waitingSignature(own.slug, individual({ name: "Ada Here" }));
    const there = await waitingSignature(
      other.slug,
      individual({ name: "Ada There", email: "t@example.org" }),
    );

    const all = await listSignatures(admin, wholeView("VERIFIED"));
    expect(all?.lines.map(({ id }) => id)).toEqual([here.signatureId]);
    const asked = await listSignatures(admin, { ...wholeView("VERIFIED"), letterId: other.id });
    expect(asked?.lines).toEqual([]);
    expect(await signatureDetail(admin, here.signatureId)).toMatchObject({ fields: { name: "Ada Here" } });
    expect(await signatureDetail(admin, there.signatureId)).toBeNull();
    expect((await letterCounts(admin, "en")).map(({ id }) => id)).toEqual([own.id]);
    expect((await overview(admin, "en", NOW)).letters.map(({ slug }) => slug)).toEqual([own.slug]);
    expect((await listLetters(admin, "en", NOW)).map(({ id }) => id)).toEqual([own.id]);
    expect(await organiserLetter(admin, other.slug, "en", NOW)).toBeNull();
    await expect(statisticsOf(admin, other.id, NOW)).rejects.toMatchObject(forbidden);

    await approveSignature({ admin, seen: here, now: NOW, asExpert: false });
    const elsewhere = approveSignature({ admin, seen: there, now: NOW, asExpert: false });
    await expect(elsewhere).rejects.toMatchObject(forbidden);
    const entry = { day: NOW, text: "Delivered", url: null };
    await addTimelineEntry(byAdmin(admin, NOW), own.slug, entry);
    const notTheirs = addTimelineEntry(byAdmin(admin, NOW), other.slug, entry);
    await expect(notTheirs).rejects.toMatchObject(forbidden);

    const owner = await moderator("owner@example.org", "OWNER");
    await approveSignature({ admin: owner, seen: there, now: NOW, asExpert: false });
    const seen = (await lastActions(admin, 50)).flatMap(({ signatureId }) => signatureId ?? []);
    expect(new Set(seen)).toEqual(new Set([here.signatureId]));
  });

  it("is given other letters, or all, and loses what is taken away at once", async () => {
    const [one, two] = [await openLetter(), await openLetter()];
    const member = await limited("MODERATOR", [one.id], "two@example.org");
    const admin = await freshModerator("owner@example.org", "OWNER");
    await changeRole({ admin, id: member.id, role: "MODERATOR", letters: [two.id], now: NOW });
    const seen = await waitingSignature(one.slug, individual());
    // By the row as it is, whatever the session thinks.
    const late = approveSignature({ admin: member, seen, now: NOW, asExpert: false });
    await expect(late).rejects.toMatchObject(forbidden);
    expect(await admit(member.address, NOW)).toMatchObject({ letters: [two.id] });
    expect((await teamMembers(admin)).find(({ id }) => id === member.id)).toMatchObject({
      letters: [two.id],
    });
    await changeRole({ admin, id: member.id, role: "OWNER", letters: [two.id], now: NOW });
    expect(await admit(member.address, NOW)).toMatchObject({ role: "OWNER", letters: null });
    const unknown = changeRole({ admin, id: member.id, role: "READER", letters: [member.id], now: NOW });
    await expect(unknown).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("notices", () => {
  it("go to those who decide, of their letters, at once and not again; what is on hold causes none", async () => {
    await db.admin.updateMany({ data: { notices: "NONE" } });
    const [own, other] = [await openLetter(), await openLetter()];
    const admin = await limited("MODERATOR", [own.id], "told@example.org");
    const reader = await limited("READER", [own.id], "reads@example.org");
    const chosen = { notices: "AT_ONCE", noticeHour: 8, timeZone: "UTC" } as const;
    for (const one of [admin, reader]) await chooseNotices({ admin: one, chosen, locale: "en", now: NOW });
    await waitingSignature(other.slug, individual({ email: "o@example.org" }), later(1));
    const held = await waitingSignature(own.slug, individual({ email: "h@example.org" }), later(1));
    await db.$executeRaw`UPDATE signature SET hold = 'BLOCKED' WHERE id = ${held.signatureId}::uuid`;
    await db.$executeRaw`UPDATE standing_count SET hold = 'BLOCKED' WHERE letter_id = ${own.id}::uuid AND state = 'VERIFIED'`;
    expect(await sendNotices(later(2))).toBe(0);

    await waitingSignature(own.slug, individual({ email: "w@example.org", name: "Ada Waits" }), later(3));
    expect(await sendNotices(later(3))).toBe(1);
    expect(await sendNotices(later(30))).toBe(0);
    const mail = { message: "admin-notice", adminId: admin.id, locale: "en" } as const;
    const ready = await noticeMail(mail);
    expect(ready).toMatchObject({
      to: "told@example.org",
      content: { queues: [{ signatures: 1, reports: 0, changes: 0 }] },
    });
    expect(JSON.stringify(ready)).not.toContain("Waits");
    expect(await noticeMail({ ...mail, adminId: reader.id })).toBeNull();
  });

  it("tell of reports, changes and moves in an empty queue, and lead to them", async () => {
    await db.admin.updateMany({ data: { notices: "NONE" } });
    const own = await openLetter();
    const admin = await limited("MODERATOR", [own.id], "reported@example.org");
    const chosen = { notices: "AT_ONCE", noticeHour: 8, timeZone: "UTC" } as const;
    await chooseNotices({ admin, chosen, locale: "en", now: NOW });
    const owner = await moderator();
    const [one, other] = [
      await waitingSignature(own.slug, individual({ email: "one@example.org" }), NOW),
      await waitingSignature(own.slug, individual({ email: "other@example.org", name: "Other" }), NOW),
    ];
    for (const seen of [one, other])
      await approveSignature({ admin: owner, seen, asExpert: false, now: NOW });
    expect(await sendNotices(later(1))).toBe(0);

    const ready = () => noticeMail({ message: "admin-notice", adminId: admin.id, locale: "en" });
    const { signatureId } = one;
    const objection = {
      letterId: own.id,
      signatureId,
      state: "OPEN",
      createdAt: NOW,
      confirmedAt: later(2),
    } as const;
    await db.objection.createMany({
      data: [1, 2].map((n) => ({ ...objection, id: uuid(), tokenHash: `notices${n}` })),
    });
    expect(await sendNotices(later(3))).toBe(1);
    expect(await ready()).toMatchObject({
      content: {
        queues: [{ signatures: 0, reports: 1, changes: 0 }],
        link: expect.stringMatching(/\/admin\/objections$/),
      },
    });
    const proposal = { contents: "x", shows: false, mailId: uuid(), proposedAt: later(20) };
    await db.proposal.create({ data: { id: uuid(), signatureId: other.signatureId, ...proposal } });
    expect(await sendNotices(later(21))).toBe(1);
    const move = { state: "CONFIRMED", address: "x", tokenHash: "notices", askedAt: NOW } as const;
    await db.addressMove.create({ data: { id: uuid(), signatureId, ...move, confirmedAt: later(40) } });
    expect(await sendNotices(later(41))).toBe(1);
    expect(await ready()).toMatchObject({
      content: { queues: [{ reports: 1, changes: 2 }], link: expect.stringMatching(/\/admin$/) },
    });
    expect(await sendNotices(later(70))).toBe(0);
    await db.objection.updateMany({ where: { letterId: own.id }, data: { state: "KEPT" } });
    await db.addressMove.deleteMany({ where: { signatureId } });
    await db.proposal.deleteMany({ where: { signatureId: other.signatureId } });
    expect(await ready()).toBeNull();
  });

  it("go daily to an owner whom the configuration names and who has never signed in, until they choose", async () => {
    await db.admin.deleteMany({ where: { addressHash: adminHash("admin@example.org") } });
    await db.admin.updateMany({ data: { notices: "NONE" } });
    const { slug } = await openLetter();
    await waitingSignature(slug, individual({ email: "daily@example.org" }), NOW);
    const day = (count: number) => new Date(Date.UTC(2027, 0, count, 8, 1));
    expect(await sendNotices(day(1))).toBe(0);
    expect(await sendNotices(day(2))).toBe(1);
    expect(await sendNotices(day(2))).toBe(0);
    const admin = await admit("admin@example.org", day(2));
    if (!admin) throw new Error("was not admitted");
    expect(await noticeMail({ message: "admin-notice", adminId: admin.id, locale: "en" })).toMatchObject({
      to: "admin@example.org",
    });
    const none = { notices: "NONE", noticeHour: 8, timeZone: "UTC" } as const;
    await chooseNotices({ admin, chosen: none, locale: "en", now: day(2) });
    expect(await sendNotices(day(3))).toBe(0);
  });
});

describe("statistics", () => {
  it("count what happens, once, however often they are added up", async () => {
    await db.site.deleteMany();
    const { id, slug } = await openLetter();
    const admin = await moderator("owner@example.org", "OWNER");
    const inputs = ["a", "b", "c"].map((name) =>
      individual({
        email: `${name}@stat.example`,
        name: `Ada ${name.toUpperCase()}son`,
        updates: name === "a",
      }),
    );
    const seen = [];
    for (const input of inputs) seen.push(await waitingSignature(slug, input, NOW));
    const [first] = seen;
    if (first) await approveSignature({ admin, seen: first, now: later(60), asExpert: false });
    await db.$transaction((tx) => suppress(tx, spellingHash("b@stat.example"), "BOUNCED", NOW));
    await db.$transaction((tx) => suppress(tx, spellingHash("b@stat.example"), "BOUNCED", NOW));
    const visit = (url: string, referer?: string) =>
      countVisit({ method: "GET", url, headers: { referer } } as never, 200, "http://letters.test");
    for (let time = 0; time < 4; time++) visit(`/letters/${slug}/sign?as=individual`);
    for (let time = 0; time < 3; time++) visit(`/letters/${slug}`, "https://news.example/a");
    visit(`/letters/${slug}`, "http://letters.test/");
    visit("/letters/no-such-letter/sign");
    await writeVisits(NOW);

    const before = await statisticsOf(admin, id, later(60));
    expect(before.funnel).toEqual({ since: "2026-11-23", shown: 4, submitted: 3, confirmed: 3, approved: 1 });
    expect(before.countries).toEqual([{ country: "GB", count: 1 }]);
    // One hidden signatory of a country is told to those who may open entries, and in no file.
    const hidden = individual({
      email: "hidden@stat.example",
      name: "Aya Hidden",
      country: "KZ",
      visibility: "WITHHELD",
    });
    const waiting = await waitingSignature(slug, hidden, NOW);
    await approveSignature({ admin, seen: waiting, now: later(60), asExpert: false });
    const kazakh = { country: "KZ", count: 1 };
    expect((await statisticsOf(admin, id, later(60))).countries).toContainEqual(kazakh);
    const reader = await limited("READER", [id], "numbers@example.org");
    for (const numbers of [
      await statisticsOf(admin, id, later(60), { forFile: true }),
      await statisticsOf(reader, id, later(60)),
    ])
      expect(numbers).toMatchObject({
        countries: [{ country: "GB", count: 1 }],
        days: [{ confirmed: 4, approved: 1, rejected: 0, withdrawn: 0 }],
        funnel: { approved: 1 },
        daily: ["shown", "submitted", "confirmed", "approved", "expired"],
      });
    const now = async (who: Admin) =>
      (await overview(who, "en", NOW)).letters.find((one) => one.slug === slug);
    expect(await now(admin)).toMatchObject({ states: { APPROVED: 2 }, unseen: 1 });
    const told = await now(reader);
    expect(told).toMatchObject({ states: { APPROVED: 1, VERIFIED: 2 }, unseen: 0 });
    expect(told?.told).not.toContain("REJECTED");
    expect(before.referrers).toEqual({ named: [{ host: "news.example", count: 3 }], elsewhere: 0 });
    expect(before.bounced).toEqual({ count: 1, of: 3 });
    expect(Math.abs((before.deciding.median ?? 0) / 3_600 - 1)).toBeLessThan(0.1);
    const after = await statisticsOf(admin, id, later(60));
    await addUpStatistics(later(60));
    await addUpStatistics(later(60));
    expect(await statisticsOf(admin, id, later(60))).toEqual(after);
    const rows = await db.letterStatistic.groupBy({ by: ["letterId", "day", "what", "part"], _count: true });
    expect(rows.every(({ _count }) => _count === 1)).toBe(true);
    expect(await wantUpdates(admin, id)).toBe(1);
  });

  it("count a form where one is shown: not the page of choice, of a closed letter, or for a kind that may not sign", async () => {
    const admin = await moderator("admin@example.org", "OWNER");
    const [both, one, closed] = [await openLetter(), await openLetter(), await openLetter()];
    await db.letter.update({ where: { id: one.id }, data: { organisationsSign: false } });
    await db.letter.update({ where: { id: closed.id }, data: { closesAt: later(-1) } });
    for (const { slug } of [both, one, closed])
      for (const as of ["", "?as=organisation", "?as=individual"])
        countVisit(
          { method: "GET", url: `/letters/${slug}/sign${as}`, headers: {} } as never,
          200,
          "http://a",
        );
    await writeVisits(NOW);
    const shown = async (id: string) => (await statisticsOf(admin, id, later(60))).funnel.shown;
    expect([await shown(both.id), await shown(one.id), await shown(closed.id)]).toEqual([2, 2, 0]);
  });

  it("keep a bounded number of sites, whoever makes them up", async () => {
    const { id, slug } = await openLetter();
    for (let batch = 0; batch < 3; batch++) {
      for (let site = 0; site < 150; site++) {
        const headers = { referer: `https://s${batch}-${site}.example/` };
        countVisit({ method: "GET", url: `/letters/${slug}`, headers } as never, 200, "http://letters.test");
      }
      await writeVisits(NOW);
    }
    const kept = await db.letterStatistic.groupBy({
      by: ["part"],
      where: { letterId: id },
      _sum: { count: true },
    });
    expect(kept.length).toBe(21);
    expect(kept.reduce((sum, { _sum }) => sum + (_sum.count ?? 0), 0)).toBe(450);
    // Names that led there once or twice are gone two days later, and true ones have their place.
    const [hour, day] = [3_600_000, 86_400_000];
    const ahead = (ms: number) => new Date(NOW.getTime() + ms);
    await addUpStatistics(ahead(day));
    const names = async () => db.letterStatistic.count({ where: { letterId: id, part: { not: "" } } });
    expect(await names()).toBe(20);
    const admin = await moderator();
    const told = async () => (await statisticsOf(admin, id, ahead(2 * day))).referrers;
    for (let visit = 0; visit < 3; visit++) {
      const headers = { referer: "https://news.example/" };
      countVisit({ method: "GET", url: `/letters/${slug}`, headers } as never, 200, "http://letters.test");
      await writeVisits(ahead(day + visit * hour));
    }
    await addUpStatistics(ahead(4 * day));
    expect(await names()).toBe(1);
    expect(await told()).toEqual({ named: [{ host: "news.example", count: 3 }], elsewhere: 450 });
  });
});
