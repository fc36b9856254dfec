import { publicId, readPublicId } from "@/lib/http/public-ids";

/**
 * A place in a list by time, as the page before wrote it: `2026-11-24T12:00:00.000Z~ID`. The database may not
 * know other years.
 */
export function readTimedId(text: unknown): { at: Date; id: string } | undefined {
  const [time = "", id] = typeof text === "string" ? text.split("~") : [];
  const at = new Date(/^[1-9]\d{3}-/.test(time) ? time : Number.NaN);
  return id && !Number.isNaN(at.getTime()) ? { at, id: readPublicId(id) } : undefined;
}

/** Writes such a place for the address of the next page. */
export const writeTimedId = ({ at, id }: { at: Date; id: string }) => `${at.toISOString()}~${publicId(id)}`;
