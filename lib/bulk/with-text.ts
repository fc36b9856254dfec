import { MOST_READ } from "@/lib/bulk/rules";
import { db } from "@/lib/db/client";
import { foldName } from "@/lib/names/rules";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";
import type { Prisma } from "@/prisma/generated/client";

const PAGE = 500;

/**
 * Finds the signatures with a text in what the signatory says of itself, as typed or as corrected, or in the remark.
 * All of that is sealed, so it is opened one after the other.
 * @param where over `signature g`, those to look through
 * @returns their ids, or null where there are more to look through than the time of a form allows
 */
export async function idsWithText(where: Prisma.Sql, text: string): Promise<string[] | null> {
  const [{ many }] = await db.$queryRaw<[{ many: boolean }]>`
    SELECT count(*) > ${MOST_READ} AS many
    FROM (SELECT FROM signature g WHERE ${where} LIMIT ${MOST_READ + 1}) candidates`;
  if (many) return null;
  const [found, folded] = [[] as string[], foldName(text)];
  for (let last = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows = await nextSealed(where, last);
    found.push(...rows.filter((row) => textsOf(row).some((one) => one.includes(folded))).map(({ id }) => id));
    const end = rows.at(-1);
    if (!end || rows.length < PAGE) return found;
    last = end.id;
  }
}

type Sealed = {
  id: string;
  wrapped: string;
  typed: string;
  corrected: string | null;
  comment: string | null;
};

function nextSealed(where: Prisma.Sql, last: string): Promise<Sealed[]> {
  return db.$queryRaw<Sealed[]>`
    SELECT g.id, k.wrapped, s.typed, s.corrected, g.comment
    FROM signature g JOIN signature_key k ON k.signature_id = g.id JOIN signatory s ON s.id = g.signatory_id
    WHERE ${where} AND g.id > ${last}::uuid AND s.typed IS NOT NULL ORDER BY g.id LIMIT ${PAGE}`;
}

/** Every text of a signature, folded. */
function textsOf({ id, wrapped, typed, corrected, comment }: Sealed): string[] {
  const key = openDataKey(id, wrapped);
  const forms = [{ typed, corrected: null }, ...(corrected ? [{ typed, corrected }] : [])];
  const texts = [
    ...forms.flatMap((form) => Object.values(openSignatory(key, form))),
    comment && open(key, "signature.comment", comment).replaceAll("\n", " "),
  ];
  return texts.flatMap((text) => (text ? [foldName(text)] : []));
}
