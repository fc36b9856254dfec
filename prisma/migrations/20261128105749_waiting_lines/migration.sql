-- AlterTable
ALTER TABLE "withdrawal_note" ADD COLUMN     "mail_id" UUID,
ADD COLUMN     "waiting" TEXT,
ALTER COLUMN "name" DROP NOT NULL;
