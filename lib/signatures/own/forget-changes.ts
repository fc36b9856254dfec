import { db } from "@/lib/db/client";
import { moveLinkBegan } from "@/lib/signatures/move/rules";

/** For how long a signatory reads on their page that a change was not accepted. */
const DECIDED_DAYS = 90;

/** Forgets some of the moves that the new mailbox did not confirm in time. @returns how many */
export const forgetOldMoves = (now: Date, most: number) =>
  db.$executeRaw`
    DELETE FROM address_move WHERE id IN (
      SELECT id FROM address_move WHERE state = 'ASKED' AND asked_at < ${moveLinkBegan(now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;

/** Forgets some of the changes that were stopped or refused long ago. @returns how many */
export const forgetOldProposals = (now: Date, most: number) =>
  db.$executeRaw`
    DELETE FROM proposal WHERE id IN (
      SELECT id FROM proposal
      WHERE state <> 'WAITING' AND proposed_at < ${new Date(now.getTime() - DECIDED_DAYS * 86_400_000)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
