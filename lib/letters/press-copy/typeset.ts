import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Node } from "@/lib/letters/markdown/tree";
import { PROJECT } from "@/lib/project-folder";

/** All that a copy says, in the words of its language. */
export type PressLetter = {
  language: string;
  rightToLeft: boolean;
  url: string;
  title: string;
  organisers: string;
  /** In UTC: the cut-off. */
  date: { year: number; month: number; day: number; hour: number; minute: number; second: number };
  recipients: string[];
  standfirst: string;
  headline: string | null;
  body: Node[];
  notes: Node[][];
  groups: { title: string; entries: { name: string; detail: string }[] }[];
  sentences: string[];
  words: Record<"edition" | "cutOff" | "to" | "undersigned" | "page", string>;
  /** What is said of `{count}` names that no font can set. */
  unset: string;
};

export type PressPicture = { name: string; bytes: Uint8Array };

type Typeset = { pdf: Uint8Array; left: number } | { missing: string };

/** It takes a few seconds at most. */
const LONGEST_MS = 60_000;
const MOST_MEMORY = 512;

/**
 * Sets a letter as a PDF (PDF/UA-1) in a thread of its own, with our fonts alone. The same letter gives the same bytes.
 * @returns the bytes and how many names are left out, or the characters that no font has
 * @throws where the thread fails, needs too much memory, or too long
 */
export function typeset(letter: PressLetter, pictures: PressPicture[]): Promise<Typeset> {
  const worker = new Worker(join(PROJECT, "lib/letters/press-copy/typeset-thread.mjs"), {
    workerData: { letter, pictures },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    execArgv: [],
  });
  return new Promise<Typeset>((resolve, reject) => {
    const failed = (code: string) => Object.assign(new Error("a letter was not set"), { code });
    const timer = setTimeout(() => reject(failed("timeout")), LONGEST_MS);
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(failed("thread-ended"));
    });
  }).finally(() => worker.terminate());
}
