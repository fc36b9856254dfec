-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "withheld_changes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "withheld_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "letter_tally" ADD COLUMN     "published_withheld" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "published_withheld_experts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "withheld_experts" INTEGER NOT NULL DEFAULT 0;

-- What counts until now has been seen: nothing waits.
UPDATE "letter_tally" t SET
  "withheld_experts" = w."experts",
  "published_withheld_experts" = w."experts"
FROM (
  SELECT g."letter_id", s."kind", s."country", count(*)::int AS "experts"
  FROM "signature" g JOIN "signatory" s ON s."id" = g."signatory_id"
  WHERE g."state" = 'APPROVED' AND g."visibility" = 'WITHHELD' AND s."expert"
  GROUP BY 1, 2, 3
) w
WHERE w."letter_id" = t."letter_id" AND w."kind" = t."kind" AND w."country" = t."country";
UPDATE "letter_tally" SET "published_withheld" = "withheld";
