-- CreateEnum
CREATE TYPE "ExportFormat" AS ENUM ('CSV', 'XLSX', 'JSON');

-- CreateEnum
CREATE TYPE "ExportState" AS ENUM ('RUNNING', 'DONE', 'FAILED', 'VOID', 'EXPIRED');

-- CreateEnum
CREATE TYPE "ExportProblem" AS ENUM ('NOTHING', 'NO_SPACE', 'TOO_LONG', 'CHANGING', 'LOST');

-- CreateTable
CREATE TABLE "export_file" (
    "id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "admin_id" UUID NOT NULL,
    "state" "ExportState" NOT NULL,
    "format" "ExportFormat" NOT NULL,
    "locale" TEXT NOT NULL,
    "columns" TEXT[],
    "filters" TEXT NOT NULL,
    "pending" BOOLEAN NOT NULL,
    "hidden" BOOLEAN NOT NULL,
    "attempt" UUID,
    "key" TEXT,
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "pieces" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "problem" "ExportProblem",
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE UNLOGGED TABLE "export_piece" (
    "file_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "export_piece_pkey" PRIMARY KEY ("file_id","number")
);

-- Encrypted: there is nothing to compress.
ALTER TABLE "export_piece" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

-- CreateIndex
CREATE INDEX "export_file_letter_id_created_at_idx" ON "export_file"("letter_id", "created_at");

-- CreateIndex
CREATE INDEX "export_file_admin_id_created_at_idx" ON "export_file"("admin_id", "created_at");

-- AddForeignKey
ALTER TABLE "export_file" ADD CONSTRAINT "export_file_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_file" ADD CONSTRAINT "export_file_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "admin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_piece" ADD CONSTRAINT "export_piece_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "export_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;
