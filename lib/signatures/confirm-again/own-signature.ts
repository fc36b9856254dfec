import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { type TextChange, textChangeOf } from "@/lib/letters/difference/text-change";
import { chooseText, type LetterStatus, letterStatus } from "@/lib/letters/rules";
import { signatureBehind } from "@/lib/signatures/confirm-again/manage-link";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { countryOf } from "@/lib/signatures/encrypted-origin";
import { findLink } from "@/lib/signatures/queries";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import { withdrawnAmong } from "@/lib/signatures/withdrawn-link";
import type { SignatoryKind, SignatureState, Visibility } from "@/prisma/generated/enums";

/** One's own signature, as the page of its link shows it. */
export type OwnSignature = {
  slug: string;
  status: LetterStatus;
  title: string;
  textLocale: string;
  kind: SignatoryKind;
  country: string;
  signatory: SignatoryFields;
  state: SignatureState;
  visibility: Visibility;
  /** The number of the version that it is of. */
  version: number;
  /** Whether it no longer counts, as it was not confirmed again in time. */
  earlier: boolean;
  /** What changed since; null where it is of the newest text, and where that is not shown. */
  change: TextChange | null;
};

export type BehindManageLink =
  | { state: "open"; signature: OwnSignature }
  | { state: "withdrawn" }
  /** The link with which entries are confirmed, without the end of its address. */
  | { state: "to-confirm" }
  | { state: "unknown" };

const COLUMNS = {
  letterId: true,
  letterVersionId: true,
  state: true,
  visibility: true,
  earlier: true,
  key: { select: { wrapped: true } },
  version: { select: { number: true, texts: { select: { locale: true, title: true } } } },
  signatory: { select: { kind: true, encryptedCountry: true, typed: true, corrected: true } },
  letter: {
    select: {
      slug: true,
      locale: true,
      opensAt: true,
      closesAt: true,
      unpublishedAt: true,
      archivedAt: true,
    },
  },
} as const;

/** Looks behind the link to one's own signature. Changes nothing. It works also while the letter is taken down. */
export async function behindManageLink(token: string, locale: string, now: Date): Promise<BehindManageLink> {
  const id = await signatureBehind(db, token, now);
  const row = id ? await db.signature.findUnique({ where: { id }, select: COLUMNS }) : null;
  const typed = row?.signatory.typed;
  if (!id || !row?.key || !typed) return { state: await otherState(token) };
  const { letter, version, signatory, state, visibility, earlier } = row;
  const text = chooseText(version.texts, locale, letter.locale);
  const status = letterStatus(letter, now);
  const shown = (status === "open" || status === "closed") && !letter.archivedAt;
  const { corrected } = signatory;
  return {
    state: "open",
    signature: {
      ...{ slug: letter.slug, status, title: text.title, textLocale: text.locale },
      ...{ kind: signatory.kind, state, visibility, earlier, version: version.number },
      country: countryOf(id, row.key, signatory.encryptedCountry),
      signatory: decryptSignatory(decryptDataKey(id, row.key.wrapped), { typed, corrected }),
      change: shown ? await textChangeOf(db, row.letterId, row.letterVersionId, locale) : null,
    },
  };
}

async function otherState(token: string): Promise<"withdrawn" | "to-confirm" | "unknown"> {
  if (await findLink(db, token)) return "to-confirm";
  return (await withdrawnAmong(db, [token])).has(token) ? "withdrawn" : "unknown";
}
