import type { ReactNode } from "react";

/** The signs of states, and one for whatever else wants attention. */
const SIGNS = {
  PENDING: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11",
  VERIFIED: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 4.5V8l2.5 1.5",
  HOLD: "M5.5 3v10M10.5 3v10",
  APPROVED: "m3 8.5 3.5 3.5L13 4.5",
  REJECTED: "m4 4 8 8M12 4l-8 8",
  WITHDRAWN: "M6 3 2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 0 1 0 7H7",
  EXPIRED: "M4 8h8",
  ATTENTION: "M8 2.5v7M8 13v.01",
} as const;

export type Signed = keyof typeof SIGNS;

/** What a signature can be in. */
export type Marked = Exclude<Signed, "ATTENTION">;

/** A sign without its word. */
export function Sign({ name }: { name: Signed }) {
  return (
    <span className="state" data-state={name}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
        <path d={SIGNS[name]} strokeDasharray={name === "PENDING" ? "2.2 2.2" : undefined} />
      </svg>
    </span>
  );
}

/** A state by word, sign and colour. @param quiet shows the sign alone; the word is for those who hear the page */
export function StateMark({ state, quiet, children }: { state: Marked; quiet?: true; children: ReactNode }) {
  return (
    <span className="state" data-state={state}>
      <Sign name={state} />
      <span className={quiet && "visually-hidden"}>{children}</span>
    </span>
  );
}
