import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { createDataKey } from "@/lib/encryption/keys";
import { publicForms } from "@/lib/signatories/public-forms";
import { spellingHash } from "@/lib/signatures/claim";
import { encryptContents } from "@/lib/signatures/encrypted-contents";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { NOW } from "./letters";

const BATCH = 500;

/**
 * Puts approved signatures into the database as rows alone, encrypted as they are, and on the list where they are public. They
 * count nowhere.
 * @returns their ids, in the order of submission
 */
export async function approvedRows(letterId: string, inputs: Iterable<SignatureInput>): Promise<string[]> {
  const { id: letterVersionId } = await db.letterVersion.findFirstOrThrow({ where: { letterId } });
  const ids: string[] = [];
  let batch: ReturnType<typeof rowsOf>[] = [];
  const insert = async () => {
    await db.signatory.createMany({ data: batch.map(({ signatory }) => signatory) });
    await db.signature.createMany({ data: batch.map(({ signature }) => signature) });
    await db.signatureKey.createMany({ data: batch.map(({ key }) => key) });
    await db.publicSignatory.createMany({ data: batch.flatMap(({ shown }) => shown ?? []) });
    ids.push(...batch.map(({ signature }) => signature.id));
    batch = [];
  };
  for (const input of inputs) {
    batch.push(rowsOf(letterId, letterVersionId, input));
    if (batch.length === BATCH) await insert();
  }
  await insert();
  return ids;
}

function rowsOf(letterId: string, letterVersionId: string, input: SignatureInput) {
  const [id, signatoryId] = [uuid(), uuid()];
  const { key, wrapped } = createDataKey(id);
  const { typed, encryptedCountry, encryptedLanguage, address, comment } = encryptContents(key, input, "en");
  const { kind, visibility, updates, country, signatory: fields } = input;
  const times = { submittedAt: NOW, expiresAt: NOW, verifiedAt: NOW, decidedAt: NOW, consentAt: NOW };
  const publishedAt = visibility === "PUBLIC" ? NOW : null;
  return {
    signatory: { id: signatoryId, kind, typed, encryptedCountry },
    signature: {
      ...{
        id,
        letterId,
        letterVersionId,
        signatoryId,
        encryptedLanguage,
        visibility,
        updates,
        address,
        comment,
      },
      ...({ ...times, publishedAt, state: "APPROVED", consentVersion: "test" } as const),
      spellingHash: spellingHash(input.email),
    },
    key: { signatureId: id, wrapped },
    shown: publishedAt && publicRow({ id, letterId, kind, country, fields }),
  };
}

type Shown = { id: string; letterId: string } & Pick<SignatureInput, "kind" | "country"> & {
    fields: SignatureInput["signatory"];
  };

function publicRow({ id, letterId, kind, country, fields }: Shown) {
  const { name, title, position, affiliation, website, orcid } = fields;
  const section = kind === "ORGANISATION" ? "ORGANISATIONS" : "OTHERS";
  const forms = publicForms({ letterId, language: "en", section, country, name, affiliation, website });
  return {
    ...({
      signatureId: id,
      letterId,
      section,
      country,
      name,
      title,
      position,
      affiliation,
      website,
      orcid,
    } as const),
    ...{ publishedAt: NOW, signedAt: NOW },
    ...{ sortKey: forms.sort_key, searchText: forms.search_text, searchGrams: forms.search_grams },
    ...{ skeleton: forms.skeleton, siteSkeleton: forms.site_skeleton, nearKeys: forms.near_keys },
  };
}
