import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { publicForms } from "@/lib/signatories/public-forms";
import type { ListSection } from "@/prisma/generated/enums";
import { NOW } from "./letters";

/** An entry of a public list, by what differs. */
export type Entry = {
  name: string;
  section?: ListSection;
  country?: string;
  affiliation?: string | null;
  website?: string | null;
};

const BATCH = 1_000;

/** Puts entries on a letter's list as rows alone, with approved signatures of nobody behind them. */
export async function listEntries(letterId: string, entries: readonly Entry[]): Promise<void> {
  const { id: letterVersionId } = await db.letterVersion.findFirstOrThrow({ where: { letterId } });
  for (let at = 0; at < entries.length; at += BATCH)
    await insert(letterId, letterVersionId, entries.slice(at, at + BATCH));
}

async function insert(letterId: string, letterVersionId: string, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map((entry) => {
    const shown = { section: "OTHERS" as const, country: "GB", affiliation: null, website: null, ...entry };
    return { id: uuid(), signatoryId: uuid(), shown, forms: publicForms({ letterId, ...shown }) };
  });
  await db.signatory.createMany({
    data: rows.map(({ signatoryId: id, shown: { section } }) => ({
      id,
      kind: section === "ORGANISATIONS" ? "ORGANISATION" : "INDIVIDUAL",
      expert: section === "EXPERTS",
    })),
  });
  const times = { consentAt: NOW, submittedAt: NOW, expiresAt: NOW, verifiedAt: NOW, publishedAt: NOW };
  await db.signature.createMany({
    data: rows.map(({ id, signatoryId }) => ({
      ...{ id, signatoryId, letterId, letterVersionId, ...times, encryptedLanguage: "", updates: false },
      ...{ state: "APPROVED" as const, visibility: "PUBLIC" as const, consentVersion: "test" },
    })),
  });
  await db.publicSignatory.createMany({
    data: rows.map(({ id: signatureId, shown, forms }) => ({
      ...{ signatureId, letterId, publishedAt: NOW, ...shown },
      ...{ sortKey: forms.sort_key, searchText: forms.search_text, searchGrams: forms.search_grams },
      ...{ skeleton: forms.skeleton, siteSkeleton: forms.site_skeleton, nearKeys: forms.near_keys },
    })),
  });
}
