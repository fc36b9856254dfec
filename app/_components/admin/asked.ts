import { NOTICES, type Noted } from "@/app/_components/admin/paths";
import { readTimedId } from "@/app/_components/admin/places";
import { readPublicId } from "@/lib/http/public-ids";
import { LIST_VIEWS, type ListView, type QueuePlace } from "@/lib/moderation/queries";

/** The parameters of the moderators' pages as they arrive. */
export type AdminSearch = { state?: unknown; after?: unknown; notice?: unknown; was?: unknown };

/** Reads the parameters of the moderators' pages; what is not understood counts as absent. */
export function readAdminSearch({ state, after, notice, was }: AdminSearch) {
  const known = NOTICES.find((code) => code === notice);
  const noted: Noted | undefined = known && { notice: known, was: was ? readPublicId(was) : undefined };
  return { state: readState(state), after: readPlace(after), noted };
}

function readState(state: unknown): ListView | undefined {
  return LIST_VIEWS.find((one) => one.toLowerCase() === state);
}

function readPlace(after: unknown): QueuePlace | undefined {
  const place = readTimedId(after);
  return place && { verifiedAt: place.at, id: place.id };
}
