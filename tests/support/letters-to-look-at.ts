import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { createDraft } from "@/lib/letters/create-draft";
import { addTimelineEntry } from "@/lib/letters/edit-timeline";
import { publishVersion } from "@/lib/letters/publish-version";
import { saveDraft } from "@/lib/letters/save-draft";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { individual } from "./letters";
import { waitingSignature } from "./moderators";

const DAY_MS = 86_400_000;
export const LONG_NAME =
  "The International Coalition of Associations for the Remembrance of the Forcibly Disappeared and for the Protection of Minority Languages, Sections of Central Asia and Eastern Europe";
const LONG_TITLE =
  "An open letter to the heads of state and government on the continuing detention, forced labour and cultural erasure of the peoples of the region, and on what must now be done";
const BODY = `We write to you as organisations and as experts.

## What has happened

For years **families** have had no news. See the report.[^1]

> A quotation that is long enough to be set over several lines on a phone, and on a wide screen too.

1. Release the detained.
2. Publish their names.

| Year | Cases | Note |
| --- | --- | --- |
| 2024 | 1,204 | first count |
| 2025 | 2,310 | second count |

[^1]: A report, https://example.org/an/address/without/any/space/that/goes/on/and/on/report-2025-final.pdf`;

/**
 * What most easily looks wrong: a letter with a very long title, organiser and address, changed after it was signed, and one in
 * Arabic.
 * @returns their slugs
 */
export async function lettersToLookAt(admin: Admin, now: Date): Promise<{ long: string; arabic: string }> {
  const context = byAdmin(admin, now);
  const own = { organiserName: LONG_NAME, organiserUrl: "https://example.org/" };
  const long = await createDraft(context, { ...own, title: LONG_TITLE, slug: "long-title", locale: "en" });
  const text = {
    title: LONG_TITLE,
    standfirst:
      "We ask for the release of everybody who is held without charge, and for independent observers.",
    recipients: "The heads of state and government\nThe President of the Commission\nThe High Representative",
    body: BODY,
  };
  await saveDraft(context, long, { locale: "en", text, revision: 1 });
  await publishVersion(context, long, {});
  const input = individual({ name: "Erika Beispiel", email: "erika@example.org" });
  const seen = await waitingSignature(long, input, now);
  await approveSignature({ admin, seen, asExpert: true, now });
  const body = `${BODY.replace("2,310", "2,412")}\n\nLet observers in.`;
  const { revision } = await db.letterDraft.findFirstOrThrow({ where: { letter: { slug: long } } });
  await saveDraft(context, long, { locale: "en", text: { ...text, body }, revision });
  const answerBy = new Date(now.getTime() + 20 * DAY_MS);
  await publishVersion(context, long, { answerBy, confirmed: true, reason: "The court has counted again." });
  await addTimelineEntry(context, long, { day: new Date("2026-11-01"), text: "Delivered", url: null });

  const title = "رسالة مفتوحة إلى وزراء الخارجية بشأن المفقودين (2026)";
  const arabic = await createDraft(context, { ...own, title, slug: "arabic", locale: "ar" });
  const words = {
    title,
    standfirst: "نطالب بالكشف عن مصير 1,204 أشخاص، وبالسماح للمراقبين (من الأمم المتحدة) بالدخول.",
    recipients: "وزراء الخارجية\nالأمين العام للأمم المتحدة",
    body: "نكتب إليكم بصفتنا **منظمات** وخبراء.\n\n1. أفرجوا عن المحتجزين.\n2. انشروا أسماءهم.",
  };
  await saveDraft(context, arabic, { locale: "ar", text: words, revision: 1 });
  await publishVersion(context, arabic, {});
  return { long, arabic };
}
