import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import type { QueuePlace } from "@/lib/moderation/filters/read-matches";
import { wholeView } from "@/lib/moderation/filters/rules";
import { lastActions } from "@/lib/moderation/history";
import type { Seen } from "@/lib/moderation/moderate";
import { overview } from "@/lib/moderation/overview";
import { listSignatures, nextWaiting } from "@/lib/moderation/queries";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, waitingSignature } from "../support/moderators";
import { waitingRows } from "../support/waiting-rows";

let admin: Admin;
let mailbox = 0;
const ownMailbox = () => `reader${++mailbox}@example${mailbox % 4}.org`;

beforeAll(async () => {
  admin = await moderator();
});

const QUEUE = wholeView("VERIFIED");

describe("the queue", () => {
  // A page has fifty.
  it("shows what waits, oldest first, each once over all pages, and leads from one to the next", async () => {
    const { id: letterId } = await openLetter();
    const readers = Array.from({ length: 56 }, (_, place) => `Reader Number ${place}`);
    const ids = (await waitingRows(letterId, readers)).sort();
    // Three at a time share a moment; their ids decide.
    for (let place = 0; place < ids.length; place += 3) {
      const together = { id: { in: ids.slice(place, place + 3) } };
      await db.signature.updateMany({ where: together, data: { verifiedAt: later(place / 3) } });
    }
    const seen: string[] = [];
    let after: QueuePlace | undefined;
    do {
      const list = await listSignatures(admin, QUEUE, after);
      seen.push(...(list?.lines ?? []).map(({ id }) => id));
      after = list?.next ?? undefined;
    } while (after);
    expect(seen).toEqual(ids);
    expect(await nextWaiting(admin, ids[4] ?? "", QUEUE)).toMatchObject({ id: ids[5], isFirst: false });
    expect(await nextWaiting(admin, ids.at(-1) ?? "", QUEUE)).toMatchObject({ id: ids[0], isFirst: true });
    await db.signature.updateMany({ where: { id: { in: ids } }, data: { state: "EXPIRED" } });
    expect(await nextWaiting(admin, ids[0] ?? "", QUEUE)).toBeNull();
  });
});

describe("the lists of what is decided", () => {
  it("show the newest decision first, over all pages, whatever was confirmed last", async () => {
    const { slug, id: letterId } = await openLetter();
    const seen: Seen[] = [];
    for (let place = 0; place < 3; place++) {
      const input = individual({ email: ownMailbox(), name: `Decided Number ${place}` });
      seen.push(await waitingSignature(slug, input, later(place)));
    }
    const order = [1, 2, 0];
    for (const [place, which] of order.entries()) {
      const one = seen[which];
      if (one) await approveSignature({ admin, seen: one, asExpert: false, now: later(10 + place) });
    }
    const approved = { ...wholeView("APPROVED"), letterId };
    const list = await listSignatures(admin, approved);
    const newest = order.toReversed();
    expect(list?.lines.map(({ id }) => id)).toEqual(newest.map((which) => seen[which]?.signatureId));
    expect(list?.lines[0]?.at).toEqual(later(12));
    const [first] = list?.lines ?? [];
    const next = await listSignatures(admin, approved, first && { at: first.at, id: first.id });
    expect(next?.lines.map(({ id }) => id)).toEqual(newest.slice(1).map((which) => seen[which]?.signatureId));
  });
});

describe("evidence", () => {
  const detail = async (slug: string, input = individual({ email: ownMailbox() })) =>
    signatureDetail(admin, (await waitingSignature(slug, input)).signatureId);

  it.each([
    ["Example Foundation for Peace", "Example Foundation of Peace"],
    ["مؤسسة المثال للسلام", "مؤسسة المثال للسلام العالمي"],
    ["Örnek İnsan Hakları Derneği", "ÖRNEK İNSAN HAKLARI DERNEGI"],
    ["示例人权基金会", "示例人权基金会"],
  ])("names the listed %s beside %s", async (listed, name) => {
    const { slug } = await openLetter();
    const seen = await waitingSignature(
      slug,
      organisation({ email: ownMailbox(), name: listed, country: "FR" }),
    );
    await approveSignature({ admin, seen, asExpert: false, now: NOW });
    const found = await detail(slug, organisation({ email: ownMailbox(), name }));
    const likenesses = [{ signatureId: seen.signatureId, name: listed, country: "FR" }];
    expect(found?.evidence).toContainEqual({ code: "similar", likenesses });
    const other = await detail(slug, organisation({ email: ownMailbox(), name: "Quite Another Society" }));
    expect(other?.evidence).toContainEqual({ code: "noneSimilar" });
    const elsewhere = await detail((await openLetter()).slug, organisation({ email: ownMailbox(), name }));
    expect(elsewhere?.evidence).toContainEqual({ code: "noneSimilar" });
  });

  it("finds a withheld organisation by its listing, and other signatures of the mailbox", async () => {
    const { slug } = await openLetter();
    const email = ownMailbox();
    const withheld = organisation({ email, visibility: "WITHHELD" });
    const seen = await waitingSignature(slug, withheld);
    await approveSignature({ admin, seen, asExpert: false, now: NOW });
    const found = await detail(slug, organisation({ email: ownMailbox() }));
    expect(found?.evidence).toContainEqual({ code: "alreadyListed", signatureId: seen.signatureId });
    // Of no weight: anybody can leave it there.
    const planted = organisation({ email, name: "Quite Another Society" });
    await signLetter({ slug, locale: "en", input: planted, now: NOW });
    const again = await detail(slug, individual({ email: email.replace("@", "+else@") }));
    expect(again?.evidence).toContainEqual({ code: "sameMailbox", count: 1 });
  });

  it("opens what the moderator needs, and nothing before the mailbox is verified", async () => {
    const { slug } = await openLetter();
    const input = individual({ email: ownMailbox(), comment: "a comment" });
    const found = await detail(slug, input);
    expect(found).toMatchObject({
      email: input.email,
      comment: "a comment",
      fields: input.signatory,
      typed: null,
      slug,
    });
    await db.signature.update({ where: { id: found?.id ?? "" }, data: { state: "PENDING" } });
    expect(await signatureDetail(admin, found?.id ?? "")).toBeNull();
  });
});

describe("the overview", () => {
  it("counts each state of each letter and names the last acts", async () => {
    const { slug } = await openLetter();
    const sign = () => waitingSignature(slug, individual({ email: ownMailbox() }));
    const [seen] = [await sign(), await sign()];
    await approveSignature({ admin, seen, asExpert: true, now: later(600) });
    const { letters } = await overview(admin, "en", NOW);
    expect(letters.find((letter) => letter.slug === slug)).toMatchObject({
      title: "Example Letter",
      status: "open",
      states: { VERIFIED: 1, APPROVED: 1 },
      tally: { experts: 1, total: 1 },
    });
    const [last] = await lastActions(admin, 5);
    const by = "mona@example.org";
    expect(last).toMatchObject({
      ...{ action: "signature.approve", by, name: "Ada Exampleton", at: later(600) },
      letter: { slug, title: "Example Letter", textLocale: "en" },
    });
  });
});
