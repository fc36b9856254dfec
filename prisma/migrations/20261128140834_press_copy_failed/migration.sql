-- AlterEnum
ALTER TYPE "PressProblem" ADD VALUE 'FAILED';
