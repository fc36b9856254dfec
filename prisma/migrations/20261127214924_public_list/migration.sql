-- CreateEnum
CREATE TYPE "ListSection" AS ENUM ('ORGANISATIONS', 'EXPERTS', 'OTHERS');

-- CreateTable
CREATE TABLE "public_signatory" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "signature_id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "section" "ListSection" NOT NULL,
    "country" CHAR(2) NOT NULL,
    "sort_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT,
    "position" TEXT,
    "affiliation" TEXT,
    "website" TEXT,
    "orcid" TEXT,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "search_text" TEXT,
    "search_grams" INTEGER[],
    "skeleton" TEXT,
    "site_skeleton" TEXT,
    "near_keys" INTEGER[],

    CONSTRAINT "public_signatory_pkey" PRIMARY KEY ("id")
);

-- The planner keeps no samples of names: of a table that is emptied they would stay.
DO $$ DECLARE named text; BEGIN
  FOREACH named IN ARRAY ARRAY['sort_key', 'name', 'title', 'position', 'affiliation', 'website', 'orcid', 'search_text',
    'search_grams', 'skeleton', 'site_skeleton', 'near_keys']
  LOOP EXECUTE format('ALTER TABLE "public_signatory" ALTER COLUMN %I SET STATISTICS 0', named); END LOOP;
END $$;

-- What is on the list moves into its own table. The program fills in what the search and the warnings find it by.
INSERT INTO "public_signatory" (signature_id, letter_id, section, country, sort_key, name, title, position, affiliation,
  website, orcid, published_at)
SELECT g.id, g.letter_id,
  (CASE WHEN s.kind = 'ORGANISATION' THEN 'ORGANISATIONS' WHEN s.expert THEN 'EXPERTS' ELSE 'OTHERS' END)::"ListSection",
  s.country, COALESCE(s.folded, lower(s.name)), s.name, s.title, s.position, s.affiliation, s.website, s.orcid,
  COALESCE(g.published_at, g.decided_at, g.submitted_at)
FROM "signature" g JOIN "signatory" s ON s.id = g.signatory_id
WHERE g.state = 'APPROVED' AND g.visibility = 'PUBLIC' AND s.name IS NOT NULL AND s.country IS NOT NULL;

-- A country that was never encrypted waits in its column for the job that does so.
UPDATE "signatory" SET encrypted_country = country WHERE encrypted_country IS NULL AND country IS NOT NULL;

-- The bytes of the dropped columns stay in the table's pages until they are written afresh.
INSERT INTO "erasure" (id) SELECT gen_random_uuid() WHERE EXISTS (SELECT FROM "public_signatory");

-- DropIndex
DROP INDEX "signatory_kind_country_idx";

-- DropIndex
DROP INDEX "signature_letter_id_state_visibility_published_at_id_idx";

-- AlterTable
ALTER TABLE "signatory" DROP COLUMN "affiliation",
DROP COLUMN "country",
DROP COLUMN "folded",
DROP COLUMN "name",
DROP COLUMN "orcid",
DROP COLUMN "position",
DROP COLUMN "site_skeleton",
DROP COLUMN "skeleton",
DROP COLUMN "title",
DROP COLUMN "website";

-- CreateIndex
CREATE UNIQUE INDEX "public_signatory_signature_id_key" ON "public_signatory"("signature_id");

-- AddForeignKey
ALTER TABLE "public_signatory" ADD CONSTRAINT "public_signatory_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The list's order, of all and of one country.
CREATE INDEX "public_signatory_order"
  ON "public_signatory"(letter_id, section, sort_key COLLATE "und-x-icu", id);
CREATE INDEX "public_signatory_country_order"
  ON "public_signatory"(letter_id, country, section, sort_key COLLATE "und-x-icu", id);
-- Without lists of pending entries, which each search would read to their end.
CREATE INDEX "public_signatory_search" ON "public_signatory" USING gin (search_grams) WITH (fastupdate = off);
CREATE INDEX "public_signatory_near" ON "public_signatory" USING gin (near_keys) WITH (fastupdate = off);
CREATE INDEX "public_signatory_likeness" ON "public_signatory" USING gin (sort_key gin_trgm_ops);

-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "near_keys" INTEGER[];

CREATE INDEX "signature_waiting_near" ON "signature" USING gin (near_keys) WITH (fastupdate = off)
  WHERE state = 'VERIFIED';

-- Which version of the collation the order was made with; `npm run reindex` writes it anew.
DO $$ BEGIN
  EXECUTE format('COMMENT ON INDEX "public_signatory_order" IS %L',
    (SELECT pg_collation_actual_version(oid) FROM pg_collation WHERE collname = 'und-x-icu'));
END $$;
