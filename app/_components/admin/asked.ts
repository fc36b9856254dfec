import { validate } from "uuid";
import { NOTICES, type Noted } from "@/app/_components/admin/paths";
import { LIST_VIEWS, type ListView, type QueuePlace } from "@/lib/moderation/queries";

/** The parameters of the moderators' pages as they arrive. */
export type AdminSearch = { state?: unknown; after?: unknown; notice?: unknown; was?: unknown };

/** Reads the parameters of the moderators' pages; what is not understood counts as absent. */
export function readAdminSearch({ state, after, notice, was }: AdminSearch) {
  const known = NOTICES.find((code) => code === notice);
  const noted: Noted | undefined = known && { notice: known, was: isId(was) ? was : undefined };
  return { state: readState(state), after: readPlace(after), noted };
}

/** Whether a text is the form of our ids. */
export function isId(text: unknown): text is string {
  return typeof text === "string" && validate(text);
}

function readState(state: unknown): ListView | undefined {
  return LIST_VIEWS.find((one) => one.toLowerCase() === state);
}

function readPlace(after: unknown): QueuePlace | undefined {
  const place = readTimedId(after);
  return place && { verifiedAt: place.at, id: place.id };
}

/** A place in a list by time: `2026-11-24T12:00:00.000Z_ID`, as the page before wrote it. Other years the database may not know. */
export function readTimedId(text: unknown): { at: Date; id: string } | undefined {
  const [time = "", id] = typeof text === "string" ? text.split("_") : [];
  const at = new Date(/^[1-9]\d{3}-/.test(time) ? time : Number.NaN);
  return isId(id) && !Number.isNaN(at.getTime()) ? { at, id } : undefined;
}
