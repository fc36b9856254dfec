import { DomainError } from "@/lib/errors";
import { formMark } from "@/lib/letters/settings/form-mark";

/** Tells whether a part of the settings is still what somebody saw of it. */
export const seenMark = (part: object): string =>
  formMark(...Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));

/**
 * Refuses to overwrite what the person who saves has not seen. The same values again, as by a second click, overwrite nothing.
 * @param seen the mark of the part as its form showed it; null for programs, which see nothing
 * @throws DomainError `changed`
 */
export function assertSeen(now: object, next: object, seen: string | null): void {
  const mark = seenMark(now);
  if (seen !== null && mark !== seen && mark !== seenMark(next)) throw new DomainError("changed");
}
