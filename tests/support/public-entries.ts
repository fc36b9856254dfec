import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { publicForms } from "@/lib/signatories/public-forms";
import { PUBLIC_COLUMNS } from "@/lib/signatures/engine/public-row";
import { Prisma } from "@/prisma/generated/client";
import type { ListSection } from "@/prisma/generated/enums";
import { NOW } from "./letters";

/** An entry of a public list, by what differs. */
export type Entry = {
  name: string;
  section?: ListSection;
  country?: string;
  position?: string | null;
  affiliation?: string | null;
  website?: string | null;
  signed_at?: Date;
};

const BATCH = 500;
const NAMES = Prisma.raw(Object.keys(PUBLIC_COLUMNS).join(", "));
const TYPED = Prisma.raw(
  Object.entries(PUBLIC_COLUMNS)
    .map(([name, type]) => `${name} ${type}`)
    .join(", "),
);

/** Puts entries on a letter's list as rows alone, with approved signatures of nobody behind them. */
export async function listEntries(letterId: string, entries: readonly Entry[]): Promise<void> {
  const letter = await db.letter.findUniqueOrThrow({ where: { id: letterId }, select: { locale: true } });
  for (let at = 0; at < entries.length; at += BATCH) {
    const rows = entries.slice(at, at + BATCH).map((entry) => {
      const shown = { section: "OTHERS" as const, country: "GB", affiliation: null, website: null, ...entry };
      const ids = {
        signature_id: uuid(),
        letter_id: letterId,
        published_at: NOW,
        signed_at: NOW,
        version: 1,
      };
      return { ...ids, ...shown, ...publicForms({ letterId, language: letter.locale, ...shown }) };
    });
    await db.$executeRaw`
      WITH v AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(${TYPED})),
      parties AS (
        INSERT INTO signatory (id, kind, expert)
        SELECT signature_id, CASE section WHEN 'ORGANISATIONS' THEN 'ORGANISATION' ELSE 'INDIVIDUAL' END::"SignatoryKind",
          section = 'EXPERTS' FROM v),
      signatures AS (
        INSERT INTO signature (id, signatory_id, letter_id, letter_version_id, locale, state, visibility, updates,
          consent_version, consent_at, submitted_at, expires_at, verified_at, published_at)
        SELECT v.signature_id, v.signature_id, v.letter_id, l.id, '', 'APPROVED', 'PUBLIC', false, 'test', ${NOW}, ${NOW},
          ${NOW}, ${NOW}, ${NOW} FROM v JOIN letter_version l ON l.letter_id = v.letter_id)
      INSERT INTO public_signatory (${NAMES}) SELECT ${NAMES} FROM v`;
  }
}
