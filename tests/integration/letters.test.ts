import { beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { byAdmin, bySystem } from "@/lib/auth/context";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { absence, letterPage } from "@/lib/letters/cached";
import { changeSlug } from "@/lib/letters/change-slug";
import { closeLetter } from "@/lib/letters/close-letter";
import { createDraft } from "@/lib/letters/create-draft";
import { addTimelineEntry, removeTimelineEntry } from "@/lib/letters/edit-timeline";
import { featureLetter } from "@/lib/letters/feature-letter";
import { draftView, organiserLetter, unpublishedChanges } from "@/lib/letters/organiser-queries";
import { publishVersion } from "@/lib/letters/publish-version";
import { mayBePublished } from "@/lib/letters/published";
import { saveDraft } from "@/lib/letters/save-draft";
import { setClosingNote } from "@/lib/letters/set-closing-note";
import { setTimes } from "@/lib/letters/set-times";
import { publishAgain, unpublishLetter } from "@/lib/letters/unpublish-letter";
import { overview } from "@/lib/moderation/overview";
import { watchlists } from "@/lib/moderation/watchlist/queries";
import { NewerVersionError, signLetter } from "@/lib/signatures/sign-letter";
import { individual } from "../support/letters";
import { moderator } from "../support/moderators";
import { nameSite } from "../support/site";

const code = (text: string) => ({ code: text });
const START = new Date(Date.now() - 3_600_000);
const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const owner = () => moderator("owner@letters.example", "OWNER");
const by = async (minutes = 0) => byAdmin(await owner(), at(minutes));
const begin = (title: string, slug: string | null = null) => ({
  title,
  slug,
  locale: "en" as const,
  organiserName: "Example Coalition",
  organiserUrl: null,
});
const TEXT = {
  title: "A letter",
  standfirst: "In short.",
  recipients: "To all",
  body: "We ask for 5 things.",
};

/** Writes and publishes a letter. */
async function published(title: string): Promise<string> {
  const slug = await createDraft(await by(), begin(title));
  await saveDraft(await by(), slug, { locale: "en", text: { ...TEXT, title }, revision: 1 });
  await publishVersion(await by(1), slug, {});
  return slug;
}

async function rewrite(slug: string, body: string, minutes: number) {
  const { id } = await db.letter.findUniqueOrThrow({ where: { slug } });
  const { revision, text } = await draftView(await owner(), id, "en");
  await saveDraft(await by(minutes), slug, { locale: "en", text: { ...text, body }, revision });
}

const audited = async (slug: string) => {
  const lines = await db.auditEntry.findMany({
    where: { letter: { slug } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { action: true },
  });
  return lines.map(({ action }) => action);
};

beforeAll(nameSite);

describe("a draft", () => {
  it("gets a slug from its title, one of its own, and is seen by nobody else", async () => {
    const slug = await createDraft(await by(), begin("Frëiheit für Özgür!"));
    expect(slug).toBe("freiheit-fur-ozgur");
    expect(await createDraft(await by(), begin("Freiheit für Özgür"))).toBe("freiheit-fur-ozgur-2");
    expect(await createDraft(await by(), begin("人权"))).toBe("letter");
    expect(await createDraft(await by(), begin("ھۆرمەتلىك رەئىس"))).toMatch(/^[a-z]+-[a-z]+$/);
    expect(await letterPage(slug, "en")).toBeNull();
    expect(await mayBePublished(slug)).toBe(false);
    expect(await audited(slug)).toEqual(["letter.create"]);
  });

  it("stands in no other page's way", async () => {
    const slug = await createDraft(await by(), begin("Only begun"));
    const admin = await owner();
    expect((await overview(admin, "en", at(0))).letters.find((one) => one.slug === slug)?.title).toBe(
      "Only begun",
    );
    expect((await watchlists(admin, "en")).map(({ title }) => title)).toContain("Only begun");
  });

  it("is refused a slug that another letter has or had", async () => {
    await changeSlug(await by(2), await published("One"), "the-one");
    await expect(createDraft(await by(), begin("Two", "the-one"))).rejects.toMatchObject(code("taken"));
    await changeSlug(await by(2), "the-one", "the-other");
    await expect(createDraft(await by(), begin("Two", "the-one"))).rejects.toMatchObject(code("taken"));
    await createDraft(await by(), begin("Three", "the-third"));
    await expect(changeSlug(await by(), "the-third", "the-one")).rejects.toMatchObject(code("taken"));
    await changeSlug(await by(2), "the-other", "the-one");
    const old = await db.oldSlug.findMany({
      where: { letter: { slug: "the-one" } },
      orderBy: { slug: "asc" },
    });
    expect(old.map(({ slug }) => slug)).toEqual(["one", "the-other"]);
  });

  it("keeps nothing of an address that nobody has seen", async () => {
    await changeSlug(await by(), await createDraft(await by(), begin("Working title")), "real-title");
    expect(await db.oldSlug.count({ where: { slug: "working-title" } })).toBe(0);
    expect(await createDraft(await by(), begin("Working title"))).toBe("working-title");
  });

  it("tells nobody that it is there, by asking for a proof of work", async () => {
    const slug = await createDraft(await by(), begin("Secret"));
    const signing = { locale: "en", now: new Date(), network: "192.0.2.40", asksBack: true };
    for (let place = 0; place <= LIMITS.signingsOfNetwork.points; place++) {
      const input = individual({ email: `p${place}@secret.example` });
      await expect(signLetter({ ...signing, slug, input })).rejects.toMatchObject(code("not-found"));
    }
  });

  it("takes the changes of two writers without losing any", async () => {
    const slug = await createDraft(await by(), begin("Two writers"));
    const first = { locale: "en", revision: 1, text: { ...TEXT, body: "The first one's." } };
    expect(await saveDraft(await by(), slug, first)).toMatchObject({ saved: true, revision: 2 });
    const second = { locale: "en", revision: 1, text: { ...TEXT, body: "The second one's." } };
    expect(await saveDraft(await by(), slug, second)).toMatchObject({
      saved: false,
      now: { revision: 2, text: { body: "The first one's." } },
    });
    const stored = await db.letterDraft.findFirstOrThrow({ where: { letter: { slug } } });
    expect(stored.body).toBe("The first one's.");
    const both = await Promise.all(
      ["a", "b", "c"].map(async (body) =>
        saveDraft(await by(), slug, { locale: "en", revision: 2, text: { ...TEXT, body } }),
      ),
    );
    expect(both.filter(({ saved }) => saved)).toHaveLength(1);
  });

  it("is written down once for each time that somebody sits down to it", async () => {
    const slug = await createDraft(await by(), begin("Saved often"));
    for (const [minutes, revision] of [
      [0, 1],
      [1, 2],
      [14, 3],
      [40, 4],
    ] as const)
      await saveDraft(await by(minutes), slug, {
        locale: "en",
        revision,
        text: { ...TEXT, body: `${minutes}` },
      });
    expect(await audited(slug)).toEqual(["letter.create", "letter.write"]);
  });

  it("is an owner's alone", async () => {
    const reader = byAdmin(await moderator("mod@letters.example", "MODERATOR"), at(0));
    await expect(createDraft(reader, begin("Not mine"))).rejects.toMatchObject(code("forbidden"));
    const slug = await createDraft(await by(), begin("Not theirs"));
    const saving = { locale: "en", revision: 1, text: TEXT };
    await expect(saveDraft(reader, slug, saving)).rejects.toMatchObject(code("forbidden"));
    await expect(publishVersion(reader, slug, {})).rejects.toMatchObject(code("forbidden"));
    await expect(unpublishLetter(reader, "no-letter", null)).rejects.toMatchObject(code("forbidden"));
    await expect(unpublishLetter(await by(), "no-letter", null)).rejects.toMatchObject(code("not-found"));
  });
});

describe("publishing", () => {
  it("says what is missing", async () => {
    const slug = await createDraft(await by(), begin("Half"));
    await expect(publishVersion(await by(), slug, {})).rejects.toMatchObject({
      missing: ["standfirst", "recipients", "body"].map((part) => ({ locale: "en", part })),
    });
    expect(await db.letterVersion.count({ where: { letter: { slug } } })).toBe(0);
  });

  it("shows the letter, and later its next version with what it changed", async () => {
    const slug = await published("Shown");
    expect(await letterPage(slug, "en")).toMatchObject({ status: "open", versionNumber: 1, title: "Shown" });
    await expect(publishVersion(await by(2), slug, {})).rejects.toMatchObject(code("unchanged"));
    await rewrite(slug, "We ask for 7 things.", 3);
    const letter = await organiserLetter(await owner(), slug, "en", at(3));
    expect(letter && (await unpublishedChanges(await owner(), letter, at(5)))).toMatchObject({
      missing: [],
      changed: [{ locale: "en" }],
      measure: { size: "LARGE" },
    });
    expect(await publishVersion(await by(4), slug, { reason: "We know more." })).toBe(2);
    const versions = await db.letterVersion.findMany({
      where: { letter: { slug } },
      orderBy: { number: "asc" },
    });
    expect(versions).toMatchObject([
      { number: 1, change: null, reason: null },
      { number: 2, change: "LARGE", reason: "We know more.", wordsChanged: 1 },
    ]);
    expect(await audited(slug)).toEqual(["letter.create", "letter.publish", "letter.publish"]);
  });

  it("waits for its time, and until then writes the first version anew", async () => {
    const slug = await createDraft(await by(), begin("Later"));
    await saveDraft(await by(), slug, { locale: "en", revision: 1, text: TEXT });
    const opensAt = new Date(Date.now() + 3_600_000);
    await publishVersion(await by(), slug, { opensAt });
    expect(await organiserLetter(await owner(), slug, "en", at(1))).toMatchObject({ status: "scheduled" });
    expect(await letterPage(slug, "en")).toBeNull();
    await rewrite(slug, "Other words.", 1);
    expect(await publishVersion(await by(2), slug, {})).toBe(1);
    const texts = await db.letterText.findMany({ where: { version: { letter: { slug } } } });
    expect(texts).toMatchObject([{ body: "Other words." }]);
    expect((await db.letter.findUniqueOrThrow({ where: { slug } })).opensAt).toEqual(opensAt);
    await publishVersion(await by(3), slug, { opensAt: null });
    expect((await db.letter.findUniqueOrThrow({ where: { slug } })).opensAt).toEqual(at(3));
  });

  it("is not published to open after it closes", async () => {
    const slug = await createDraft(await by(), begin("Too late"));
    await saveDraft(await by(), slug, { locale: "en", revision: 1, text: TEXT });
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    await publishVersion(await by(), slug, { opensAt: hours(1) });
    await setTimes(await by(1), slug, { closesAt: hours(2) });
    await expect(publishVersion(await by(2), slug, { opensAt: hours(3) })).rejects.toMatchObject(
      code("invalid"),
    );
  });

  it("adds a translation without asking anybody again", async () => {
    const slug = await published("Translated");
    await saveDraft(await by(), slug, { locale: "ar", revision: 0, text: { ...TEXT, title: "رسالة" } });
    expect(await publishVersion(await by(2), slug, { reason: "In Arabic." })).toBe(2);
    const version = await db.letterVersion.findFirstOrThrow({
      where: { letter: { slug }, number: 2 },
      include: { texts: true },
    });
    expect(version).toMatchObject({ change: "NONE", texts: { length: 2 } });
    expect(await letterPage(slug, "ar")).toMatchObject({ title: "رسالة", textLocale: "ar" });
  });
});

describe("a published letter", () => {
  it("is extended, closed with a note, and opened again", async () => {
    const slug = await published("Times");
    const closesAt = new Date(Date.now() + 86_400_000);
    await setTimes(await by(2), slug, { closesAt });
    expect(await letterPage(slug, "en")).toMatchObject({ closesAt, status: "open" });
    await expect(setTimes(await by(2), slug, { closesAt: at(1) })).rejects.toMatchObject(code("invalid"));
    await expect(setTimes(await by(2), slug, { opensAt: at(9), closesAt })).rejects.toMatchObject(
      code("conflict"),
    );
    await expect(setClosingNote(await by(3), slug, "Not yet.")).rejects.toMatchObject(code("conflict"));
    await closeLetter(await by(3), slug, "Thank you.");
    await expect(closeLetter(await by(4), slug, null)).rejects.toMatchObject(code("conflict"));
    expect(await db.letter.findUnique({ where: { slug } })).toMatchObject({
      closesAt: at(3),
      closingNote: "Thank you.",
      // Proposed when it is opened again.
      plannedClose: closesAt,
    });
    const shownAt = async (now: Date) =>
      (await organiserLetter(await owner(), slug, "en", now))?.plannedClose;
    expect(await shownAt(at(4))).toEqual(closesAt);
    // A time that has passed could not be saved.
    expect(await shownAt(closesAt)).toBeNull();
    await setClosingNote(await by(4), slug, "Thank you all.");
    await setTimes(await by(5), slug, { closesAt: null });
    expect(await organiserLetter(await owner(), slug, "en", at(6))).toMatchObject({
      status: "open",
      closesAt: null,
    });
    expect(await audited(slug)).toEqual(
      ["create", "publish", "times", "close", "closing-note", "reopen"].map((verb) => `letter.${verb}`),
    );
  });

  it("is taken down and shown again", async () => {
    const slug = await published("Taken down");
    await expect(publishAgain(await by(2), slug)).rejects.toMatchObject(code("conflict"));
    await unpublishLetter(await by(2), slug, "We were wrong.");
    expect(await letterPage(slug, "en")).toBeNull();
    expect(await absence(slug)).toMatchObject({ is: "unpublished", note: "We were wrong." });
    // The list of letters that it goes by may be a second old.
    await expect.poll(() => mayBePublished(slug)).toBe(true);
    const signing = { slug, locale: "en", input: individual({ email: "a@down.example" }), now: new Date() };
    await expect(signLetter(signing)).rejects.toMatchObject(code("not-found"));
    await publishAgain(await by(3), slug);
    cache.clear();
    expect(await letterPage(slug, "en")).toMatchObject({ status: "open" });
    await signLetter(signing);
  });

  it("is found at its old addresses, also by a form that is open there", async () => {
    const slug = await published("Moves");
    await changeSlug(await by(2), slug, "moved-on");
    expect(await letterPage(slug, "en")).toBeNull();
    expect(await absence(slug)).toEqual({ is: "moved", slug: "moved-on" });
    await signLetter({
      slug,
      locale: "en",
      input: individual({ email: "a@moves.example" }),
      now: new Date(),
    });
    expect(await db.signature.count({ where: { letter: { slug: "moved-on" } } })).toBe(1);
  });

  it("is not signed by who has read another version", async () => {
    const slug = await published("Read before");
    await rewrite(slug, "We ask for 6 things.", 2);
    await publishVersion(await by(3), slug, { reason: "More." });
    const input = individual({ email: "a@read.example" });
    const signing = { slug, locale: "en", input, now: new Date() };
    const refused = await signLetter({ ...signing, version: 1 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NewerVersionError);
    expect(refused).toMatchObject({ version: 2 });
    expect(await db.signature.count({ where: { letter: { slug } } })).toBe(0);
    await signLetter({ ...signing, version: 2 });
    const [signature] = await db.signature.findMany({
      where: { letter: { slug } },
      include: { version: true },
    });
    expect(signature?.version.number).toBe(2);
  });

  it("is the only one of the front page", async () => {
    const [one, other] = [await published("Front one"), await published("Front other")];
    await featureLetter(await by(2), one, { featured: true, listed: true });
    await featureLetter(await by(3), other, { featured: true, listed: false });
    expect(await db.letter.findMany({ where: { featured: true }, select: { slug: true } })).toEqual([
      { slug: other },
    ]);
  });

  it("tells what happened to it, and no other letter's", async () => {
    const [one, other] = [await published("Timeline"), await published("Other timeline")];
    const entry = { day: new Date("2026-11-01T00:00:00Z"), text: "Delivered", url: null };
    await addTimelineEntry(await by(2), one, entry);
    const { id } = await db.timelineEntry.findFirstOrThrow({ where: { letter: { slug: one } } });
    await expect(removeTimelineEntry(await by(3), other, id)).rejects.toMatchObject(code("not-found"));
    expect(await letterPage(one, "en")).toMatchObject({ timeline: [entry] });
    await removeTimelineEntry(await by(4), one, id);
    expect(await db.timelineEntry.count({ where: { letter: { slug: one } } })).toBe(0);
  });

  it("is the operator's, too", async () => {
    const slug = await published("Operator's");
    await closeLetter(bySystem(at(2)), slug);
    const line = await db.auditEntry.findFirstOrThrow({
      where: { letter: { slug }, action: "letter.close" },
    });
    expect(line).toMatchObject({ actor: "SYSTEM", adminId: null });
  });
});
