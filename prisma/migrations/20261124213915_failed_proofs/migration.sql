-- AlterTable
ALTER TABLE "admin_session" ADD COLUMN     "failed_proofs" INTEGER NOT NULL DEFAULT 0;
