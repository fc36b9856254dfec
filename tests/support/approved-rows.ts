import pg from "pg";
import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { encryptWith } from "@/lib/encryption/cipher";
import { createDataKey, decryptDataKey, deploymentKeyId, deriveKey } from "@/lib/encryption/keys";
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

const COPIED = 2_000;

/**
 * Fills another letter with copies of approved signatures, each under an id of its own. What is encrypted is the same in all
 * copies of one, so that a million of them take minutes; their entries on the list cannot be searched.
 */
export async function copiesOf(ids: string[], letterId: string, count: number): Promise<void> {
  const { id: version } = await db.letterVersion.findFirstOrThrow({ where: { letterId } });
  const keys = await db.signatureKey.findMany({ where: { signatureId: { in: ids } } });
  const originals = keys.map(({ signatureId, wrapped }) => ({
    id: signatureId,
    key: decryptDataKey(signatureId, wrapped),
  }));
  const wrapping = { id: deploymentKeyId(), bytes: deriveKey("wrap") };
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  // What they refer to is there.
  await client.query("SET session_replication_role = replica");
  await client.query("ANALYZE");
  for (let first = 0; first < count; first += COPIED) {
    const copies = Array.from({ length: Math.min(COPIED, count - first) }, (_, place) => {
      const original = originals[(first + place) % originals.length];
      if (!original) throw new Error("there is nothing to copy");
      const id = uuid();
      const wrapped = encryptWith(wrapping, `signature-key:${id}`, original.key.bytes);
      return { id, original: original.id, signatory: uuid(), wrapped };
    });
    await client.query(COPY, [JSON.stringify(copies), letterId, version]);
  }
  await client.query("ANALYZE");
  await client.end();
}

const COPY = `
  WITH copy AS (
    SELECT * FROM json_to_recordset($1::json) AS copy(id uuid, original uuid, signatory uuid, wrapped text)
  ), signatories AS (
    INSERT INTO signatory SELECT made.*
    FROM copy JOIN signature g ON g.id = copy.original JOIN signatory s ON s.id = g.signatory_id,
      json_populate_record(s, json_build_object('id', copy.signatory)) made
  ), signatures AS (
    INSERT INTO signature SELECT made.* FROM copy JOIN signature g ON g.id = copy.original,
      json_populate_record(g, json_build_object('id', copy.id, 'signatory_id', copy.signatory,
        'letter_id', $2::uuid, 'letter_version_id', $3::uuid)) made
  ), keys AS (
    INSERT INTO signature_key SELECT id, wrapped FROM copy
  )
  INSERT INTO public_signatory (signature_id, letter_id, section, country, sort_key, name, published_at, signed_at)
  SELECT copy.id, $2::uuid, p.section, p.country, p.sort_key, p.name, p.published_at, p.signed_at
  FROM copy JOIN public_signatory p ON p.signature_id = copy.original`;

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
