import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db, type Tx } from "@/lib/db/client";
import { organisersOf } from "@/lib/letters/settings/organisers";
import { type SigningRules, signingRules } from "@/lib/letters/settings/rules";
import type { NewOrganisers } from "@/lib/letters/settings/schemas";
import { type FoundEntry, findEntries } from "@/lib/signatories/search-list";
import type { ListOrder } from "@/prisma/generated/enums";

/** What an organiser can set for one letter. */
export type LetterSettings = {
  signing: SigningRules;
  list: { namesShown: number; listOrder: ListOrder; listFiles: boolean; withdrawalsShown: boolean };
  organisers: NewOrganisers;
  /** Whom the page names first; without a name while the list does not show them. */
  pinned: { signatureId: string; name: string | null }[];
};

const COLUMNS = {
  organisationsSign: true,
  individualsSign: true,
  websiteRequired: true,
  affiliationRequired: true,
  representativesShown: true,
  discreetByDefault: true,
  namesShown: true,
  listOrder: true,
  listFiles: true,
  withdrawalsShown: true,
  organiserName: true,
  organiserUrl: true,
  otherOrganisers: true,
  contact: true,
  senderName: true,
} as const;

/** The settings of one letter. @throws DomainError `forbidden` */
export async function letterSettings(admin: Admin, letterId: string): Promise<LetterSettings> {
  assertMay(admin, "letter.read", letterId);
  return { ...(await settingsNow(db, letterId)), pinned: await pinnedOf(letterId) };
}

/** What is set with a button for each part, as it is stored. */
export async function settingsNow(
  client: Pick<Tx, "letter">,
  letterId: string,
): Promise<Omit<LetterSettings, "pinned">> {
  const letter = await client.letter.findUniqueOrThrow({ where: { id: letterId }, select: COLUMNS });
  const { namesShown, listOrder, listFiles, withdrawalsShown } = letter;
  const { organiserName, organiserUrl, contact, senderName } = letter;
  const [, ...otherOrganisers] = organisersOf(letter);
  return {
    signing: signingRules(letter),
    organisers: { organiserName, organiserUrl, otherOrganisers, contact, senderName },
    list: { namesShown, listOrder, listFiles, withdrawalsShown },
  };
}

async function pinnedOf(letterId: string): Promise<LetterSettings["pinned"]> {
  const rows = await db.pinnedSignatory.findMany({
    where: { letterId },
    orderBy: { position: "asc" },
    select: { signatureId: true, signature: { select: { shown: { select: { name: true } } } } },
  });
  return rows.map(({ signatureId, signature }) => ({ signatureId, name: signature.shown?.name ?? null }));
}

/** What is said around a letter in one language, as it was written. */
export type WrittenWords = {
  consentLine: string;
  questions: string;
  expertForms: Record<string, string>;
  expertNote: string;
};

/** @throws DomainError `forbidden` */
export async function writtenWords(admin: Admin, letterId: string, locale: string): Promise<WrittenWords> {
  assertMay(admin, "letter.read", letterId);
  return wordsNow(db, letterId, locale);
}

/** The same, as it is stored. */
export async function wordsNow(
  client: Pick<Tx, "letterWords">,
  letterId: string,
  locale: string,
): Promise<WrittenWords> {
  const row = await client.letterWords.findUnique({ where: { letterId_locale: { letterId, locale } } });
  return asWritten({ ...row, expertForms: row?.expertForms as Record<string, string> | null });
}

/** What is empty is null where it is stored, and nothing in its field. The forms of the word in one order. */
export const asWritten = (row: {
  consentLine?: string | null;
  questions?: string | null;
  expertForms?: Record<string, string> | null;
  expertNote?: string | null;
}): WrittenWords => ({
  consentLine: row.consentLine ?? "",
  questions: row.questions ?? "",
  expertForms: Object.fromEntries(
    Object.entries(row.expertForms ?? {}).sort(([one], [other]) => (one < other ? -1 : 1)),
  ),
  expertNote: row.expertNote ?? "",
});

export type FoundPins = { typed: string; entries: FoundEntry[] };

const MOST_FOUND = 10;

/** Who of a letter's list can be named first besides, by words of their name. @throws DomainError `forbidden` */
export async function findToPin(
  admin: Admin,
  letterId: string,
  typed: string,
  { pinned }: LetterSettings,
): Promise<FoundPins> {
  assertMay(admin, "letter.edit", letterId);
  const found = await findEntries(db, letterId, typed.slice(0, 100), MOST_FOUND);
  const entries = found.filter(({ signatureId }) => !pinned.some((one) => one.signatureId === signatureId));
  return { typed, entries };
}
