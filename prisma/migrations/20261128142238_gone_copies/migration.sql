-- AlterTable
ALTER TABLE "export_file" ADD COLUMN     "gone_at" TIMESTAMPTZ(3),
ADD COLUMN     "taken_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "press_edition" ADD COLUMN     "gone_at" TIMESTAMPTZ(3);
