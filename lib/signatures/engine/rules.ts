import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { HoldReason, SignatoryKind, SignatureState, Visibility } from "@/prisma/generated/enums";

/** A signature's standing: everything that decides whether it counts, what is shown of it and where it waits. */
export type Standing = {
  letterId: string;
  /** The letter's, by whose alphabet its list is sorted. */
  language: string;
  state: SignatureState;
  visibility: Visibility;
  kind: SignatoryKind;
  country: string;
  expert: boolean;
  /** Why it is on hold; null where it is not. */
  hold: HoldReason | null;
  /** The version that was signed. */
  version: { id: string; number: number };
  /** Whether it was not confirmed again in time after a large change of the text: it does not count, and is listed apart. */
  earlier: boolean;
  /** Whether its name is hidden for now, whatever its signatory chose. It follows from what the organiser hides. */
  concealed: boolean;
  /** As corrected, else as typed. */
  fields: SignatoryFields;
};

/** What decides whether and where a signature counts. */
export type CountedStanding = Omit<
  Standing,
  "language" | "fields" | "hold" | "version" | "earlier" | "concealed"
> & {
  earlier?: boolean;
  concealed?: boolean;
};

/** What a change may make different. Only the holder of the link moves visibility towards public. */
export type NewStanding = Partial<Omit<Standing, "letterId" | "language" | "kind">>;

/** Whether it is on the public list: the stricter of what its signatory and its organiser chose. */
export const isShown = ({
  state,
  visibility,
  concealed = false,
}: Pick<CountedStanding, "state" | "visibility" | "concealed">) =>
  state === "APPROVED" && visibility === "PUBLIC" && !concealed;

/** Whether a signature counts, shown or withheld. */
export const isCounted = ({ state, earlier = false }: Pick<CountedStanding, "state" | "earlier">) =>
  state === "APPROVED" && !earlier;

/** The standing after a change. Country and fields are opened only when somebody asks for them. */
export function standingAfter(before: Standing, change: NewStanding): Standing {
  const state = change.state ?? before.state;
  return {
    letterId: before.letterId,
    language: before.language,
    visibility: change.visibility ?? before.visibility,
    kind: before.kind,
    state,
    expert: change.expert ?? before.expert,
    version: change.version ?? before.version,
    earlier: change.earlier ?? before.earlier,
    concealed: change.concealed ?? before.concealed,
    // Only what waits is on hold: a decision ends that too.
    hold: isWaiting(state) ? holdAfter(before, change) : null,
    get country() {
      return change.country ?? before.country;
    },
    get fields() {
      return change.fields ?? before.fields;
    },
  };
}

const isWaiting = (state: SignatureState) => state === "PENDING" || state === "VERIFIED";

const holdAfter = (before: Standing, { hold }: NewStanding) => (hold === undefined ? before.hold : hold);

/** Whether a change takes something off the list, or shows it otherwise: the tables' pages still hold the old text. */
export const hidesShown = (before: Standing, change: NewStanding) =>
  isShown(before) && (!isShown(standingAfter(before, change)) || change.fields !== undefined);

/** What nobody may read in the list, whatever the organiser hides. */
const isKept = ({ visibility, state }: Pick<Standing, "visibility" | "state">) =>
  visibility === "WITHHELD" || state === "REJECTED";

/**
 * Whether a change hides what a backup of before would show; null where it leaves that as it was. What the organiser hides
 * by a rule is not its signature's.
 */
export function hidesForGood(before: Standing, change: NewStanding): boolean | null {
  const after = standingAfter(before, change);
  if (isKept(before) === isKept(after)) return null;
  if (!isKept(after)) return false;
  // A backup of before a refusal has it wait again.
  return before.state === "APPROVED" || after.visibility === "WITHHELD" ? true : null;
}

/** Whether a change alters what other signatures resemble, or what this one is called. */
export const altersNames = (before: Standing, change: NewStanding) =>
  isShown(before) !== isShown(standingAfter(before, change)) || change.fields !== undefined;

/**
 * The revision after a change: a moderator's page names the one it showed. Of what is not confirmed it counts the
 * contents, which the confirmation page names, and stays.
 * @param moderated whether an administrator makes the change
 */
export const revisionAfter = (
  { state, revision }: Pick<Standing, "state"> & { revision: number },
  moderated: boolean,
) => revision + (moderated && state !== "PENDING" ? 1 : 0);
