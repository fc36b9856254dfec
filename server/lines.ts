import { ANSWER_MS } from "@/lib/http/deadline";
import { observeLines } from "@/lib/ops/metrics/rendering";
import { Line } from "@/server/line";

/** From arrival; what begins later could not be answered in time. */
const READING = { most: 128, waitMs: 1_500, patienceMs: ANSWER_MS - 1_200 };

/**
 * Where what must be made waits, by its kind, so that no kind keeps another waiting. Few at a time: more would not be
 * made sooner on one thread, and each step of each would be between a reader and the letter.
 */
export const LINES = {
  /** What is the same for everybody, and kept once it is made: letters, forms. There is an end of these. */
  shared: new Line({ ...READING, atOnce: 4 }),
  /** Pages of the list without free text, by page, kind and country, and the public JSON. */
  list: new Line({ ...READING, atOnce: 2 }),
  /** Searches, of which there is no end. */
  search: new Line({ ...READING, atOnce: 2 }),
  /** Mailed links that are somebody's: what is nobody's is refused before it waits. */
  link: new Line({ ...READING, atOnce: 2 }),
  /** All other pages: those of administrators. */
  page: new Line({ ...READING, atOnce: 2 }),
  /** Answers below `/api` that are not kept. */
  endpoint: new Line({ ...READING, atOnce: 2 }),
  /** What tells an operator how the process does. */
  operations: new Line({ ...READING, atOnce: 2 }),
  /** Files that are sent to us or taken away: each lasts as long as its line in the table of routes allows. */
  files: new Line({ ...READING, atOnce: 4, most: 16 }),
  /** Forms that were sent. Most of their time they wait for the database, or for the even time to be over. */
  submission: new Line({ atOnce: 16, most: 512, waitMs: 1_800, patienceMs: 2_000 }),
};

export type LineName = keyof typeof LINES;

observeLines(LINES);
