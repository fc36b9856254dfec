-- CreateEnum
CREATE TYPE "NoticeChoice" AS ENUM ('AT_ONCE', 'DAILY', 'NONE');

-- AlterEnum
ALTER TYPE "AdminRole" ADD VALUE 'EDITOR' BEFORE 'MODERATOR';

-- AlterTable
ALTER TABLE "admin" ADD COLUMN     "all_letters" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "locale" TEXT,
ADD COLUMN     "notice_hour" INTEGER NOT NULL DEFAULT 8,
ADD COLUMN     "noticed_at" TIMESTAMPTZ(3),
ADD COLUMN     "noticed_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "notices" "NoticeChoice" NOT NULL DEFAULT 'DAILY',
ADD COLUMN     "time_zone" TEXT;

-- CreateTable
CREATE TABLE "letter_statistic" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "day" DATE,
    "what" TEXT NOT NULL,
    "part" TEXT NOT NULL DEFAULT '',
    "count" INTEGER NOT NULL,

    CONSTRAINT "letter_statistic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "admin_letter" (
    "admin_id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,

    CONSTRAINT "admin_letter_pkey" PRIMARY KEY ("admin_id","letter_id")
);

-- CreateIndex
CREATE INDEX "letter_statistic_letter_id_idx" ON "letter_statistic"("letter_id");

-- CreateIndex
CREATE INDEX "admin_letter_letter_id_idx" ON "admin_letter"("letter_id");

-- AddForeignKey
ALTER TABLE "letter_statistic" ADD CONSTRAINT "letter_statistic_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_letter" ADD CONSTRAINT "admin_letter_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "admin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_letter" ADD CONSTRAINT "admin_letter_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: what is known of the days before.
INSERT INTO "letter_statistic" (letter_id, day, what, count)
SELECT letter_id, (at AT TIME ZONE zone)::date, what, count(*) FROM (
  SELECT letter_id, submitted_at AS at, 'submitted' AS what FROM "signature"
  UNION ALL SELECT letter_id, verified_at, 'confirmed' FROM "signature" WHERE verified_at IS NOT NULL
  UNION ALL SELECT letter_id, decided_at, 'approved' FROM "signature" WHERE decided_at IS NOT NULL AND state = 'APPROVED'
  UNION ALL SELECT letter_id, decided_at, 'rejected' FROM "signature" WHERE decided_at IS NOT NULL AND state = 'REJECTED'
) known, (SELECT coalesce((SELECT time_zone FROM "site"), 'UTC') AS zone) zones
GROUP BY 1, 2, 3;

-- Written by hand, for Prisma cannot name it: who wants news of a letter.
CREATE INDEX "signature_updates_idx" ON "signature"("letter_id") WHERE updates AND state IN ('VERIFIED', 'APPROVED');
