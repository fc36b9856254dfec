import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { letterPage } from "@/lib/letters/cached";
import { createDraft } from "@/lib/letters/create-draft";
import { renderedDraft } from "@/lib/letters/organiser-queries";
import { addPicture } from "@/lib/letters/pictures/add-picture";
import { readPublicPicture } from "@/lib/letters/pictures/cached";
import { readDraftPicture, readPreviewPicture } from "@/lib/letters/pictures/read-picture";
import { removePicture } from "@/lib/letters/pictures/remove-picture";
import { pictureMarkdown } from "@/lib/letters/pictures/rules";
import { makePreviewLink } from "@/lib/letters/previews/make-preview-link";
import { workingLinks } from "@/lib/letters/previews/queries";
import { readPreview } from "@/lib/letters/previews/read-preview";
import { revokePreviewLink } from "@/lib/letters/previews/revoke-preview-link";
import { publishVersion } from "@/lib/letters/publish-version";
import { saveDraft } from "@/lib/letters/save-draft";
import { unpublishLetter } from "@/lib/letters/unpublish-letter";
import { moderator } from "../support/moderators";
import { nameSite } from "../support/site";

const NOW = new Date("2026-11-20T10:00:00Z");
const DAY_MS = 24 * 60 * 60_000;
let owner: Awaited<ReturnType<typeof moderator>>;

beforeAll(async () => {
  owner = await moderator("owner@example.org", "OWNER");
  await nameSite();
});

const drawn = (side: number) =>
  sharp({ create: { width: side, height: side / 2, channels: 3, background: "#336699" } })
    .png()
    .toBuffer();

async function draft(slug: string, body: string): Promise<void> {
  const named = { title: "A letter", locale: "en" as const, organiserName: "Example", organiserUrl: null };
  await createDraft(byAdmin(owner, NOW), { ...named, slug });
  await write(slug, body);
}

async function write(slug: string, body: string): Promise<void> {
  const text = { title: "A letter", standfirst: "Short.", recipients: "To all", body };
  const { revision } = await db.letterDraft.findFirstOrThrow({ where: { letter: { slug } } });
  expect((await saveDraft(byAdmin(owner, NOW), slug, { text, revision })).saved).toBe(true);
}

describe("a picture", () => {
  it("is public while a public text shows it, and draft pictures are their organisers' alone", async () => {
    await draft("pictured", "Text.");
    const context = byAdmin(owner, NOW);
    const picture = { file: await drawn(2_000), alt: "A dam", caption: "In June" };
    const name = (await addPicture(context, "pictured", picture)) ?? "";
    expect(name).toMatch(/^[0-9a-f]{24}\.webp$/);
    // The same picture once more is the same one.
    expect(await addPicture(context, "pictured", picture)).toBe(name);
    const line = pictureMarkdown({ name, alt: "A dam", caption: "In June" });
    expect(await readDraftPicture(owner, "pictured", name)).not.toBeNull();
    expect(await readPublicPicture(name)).toBeNull();

    await publishVersion(context, "pictured", {});
    expect(await readPublicPicture(name)).toBeNull();
    await write("pictured", `Text.\n\n${line}`);
    expect(await readPublicPicture(name)).toBeNull();
    await publishVersion(context, "pictured", { reason: "A picture." });
    const shown = await readPublicPicture(name);
    expect(await sharp(shown ?? new Uint8Array()).metadata()).toMatchObject({ format: "webp", width: 1_600 });
    const page = await letterPage("pictured", "en");
    expect(page?.bodyHtml).toContain(
      `<figure><img src="/pictures/${name}" alt="A dam" width="1600" height="800" loading="lazy" decoding="async"><figcaption>In June</figcaption></figure>`,
    );
    // What a text shows stays; anything else can go.
    await expect(removePicture(context, "pictured", name)).rejects.toMatchObject({ code: "conflict" });
    const other = (await addPicture(context, "pictured", { ...picture, file: await drawn(60) })) ?? "";
    await removePicture(context, "pictured", other);
    expect(await readDraftPicture(owner, "pictured", other)).toBeNull();
    await expect(removePicture(context, "pictured", other)).rejects.toMatchObject({ code: "not-found" });
    await unpublishLetter(context, "pictured", null);
    expect(await readPublicPicture(name)).toBeNull();
  });

  it("is shown where it is the letter's own and somebody says what it shows; the writer is told why not", async () => {
    await draft("unshown", "Text.");
    const file = await drawn(40);
    const name =
      (await addPicture(byAdmin(owner, NOW), "unshown", { file, alt: "A dot", caption: "" })) ?? "";
    const other = `pictures/${"0".repeat(24)}.webp`;
    const body = `![Dot](/pictures/${name}) [a](javascript:1) [b](https://example.org) ![x](https://evil.test/p.png) ![x](${other}) ![](pictures/${name}) note[^1] lost[^2]\n\n[^1]: Words.\n\n[^3]: Nowhere.`;
    const { bodyHtml, unshown } = await renderedDraft(owner, "unshown", { body, picturesAt: "/at" });
    expect(bodyHtml.match(/<img [^>]*>/g)).toEqual([expect.stringContaining(`src="/at/${name}" alt="Dot"`)]);
    expect(unshown).toEqual([
      { source: "https://evil.test/p.png", why: "remote" },
      { source: other, why: "unknown" },
      { source: `pictures/${name}`, why: "noAlt" },
      { source: "javascript:1", why: "link" },
      { source: "[^2]", why: "noNote" },
      { source: "[^3]", why: "noMark" },
    ]);
  });
});

describe("a preview link", () => {
  it("shows the draft as it is saved, with its pictures, until it expires or is revoked", async () => {
    await draft("previewed", "First.");
    const context = byAdmin(owner, NOW);
    const picture = { file: await drawn(80), alt: "A dam", caption: "" };
    const name = (await addPicture(context, "previewed", picture)) ?? "";
    const [token, other] = [
      await makePreviewLink(context, "previewed", 1),
      await makePreviewLink(context, "previewed", 7),
    ];
    await write("previewed", `Second.\n\n${pictureMarkdown({ name, alt: "A dam", caption: "" })}`);
    const read = (given: string, at: Date) => readPreview(given, "en", at);

    const shown = await read(token, NOW);
    expect(shown?.is === "open" && shown.letter.bodyHtml).toContain(`/preview/${token}/pictures/${name}`);
    expect(await readPreviewPicture(token, name, NOW)).not.toBeNull();
    expect(await read("0".repeat(25), NOW)).toBeNull();
    expect(await readPreviewPicture("0".repeat(25), name, NOW)).toBeNull();
    // Only hashes are kept.
    const rows = await db.previewLink.findMany();
    expect(JSON.stringify(rows)).not.toContain(token);

    const later = new Date(NOW.getTime() + DAY_MS);
    expect((await read(token, later))?.is).toBe("expired");
    expect(await readPreviewPicture(token, name, later)).toBeNull();
    const [{ id } = { id: "" }] = await workingLinks(db, "previewed", later);
    await revokePreviewLink(byAdmin(owner, later), "previewed", id);
    expect((await read(other, later))?.is).toBe("revoked");
    expect(await readPreviewPicture(other, name, later)).toBeNull();
    await expect(revokePreviewLink(byAdmin(owner, later), "previewed", id)).rejects.toThrow("not-found");
    const where = { action: { startsWith: "letter.preview" }, letter: { slug: "previewed" } };
    const noted = await db.auditEntry.findMany({ where, orderBy: { id: "asc" } });
    expect(noted.map(({ action }) => action)).toEqual([
      "letter.preview",
      "letter.preview",
      "letter.preview-revoked",
    ]);
  });

  it("is made by owners alone", async () => {
    const reader = await moderator("reader@example.org", "READER");
    await expect(makePreviewLink(byAdmin(reader, NOW), "previewed", 1)).rejects.toThrow("forbidden");
    const picture = { file: await drawn(40), alt: "A dot", caption: "" };
    await expect(addPicture(byAdmin(reader, NOW), "previewed", picture)).rejects.toThrow("forbidden");
  });
});
