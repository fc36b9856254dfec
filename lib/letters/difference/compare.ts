import { commonPlaces } from "@/lib/letters/difference/common-places";
import { type Block, type LetterWords, letterBlocks } from "@/lib/letters/difference/text-blocks";

/** A run of words, and what became of it. What only stands elsewhere now is `moved`. */
export type DiffPart = { kind: "same" | "moved" | "added" | "removed"; text: string };

/** A block of the new text, or one of the old text that is gone, with what changed in it. */
export type DiffBlock = { kind: Block["kind"]; changed: boolean; parts: DiffPart[] };

type Sentence = { text: string; key: string; block: number };
/** A piece of the difference in the order of reading, with the blocks that it is of. */
type Piece = { parts: DiffPart[]; before?: number; after?: number };

/** Sentences that share this part of their words are one sentence that was changed. */
const ALIKE = 0.4;
/** How many pairs of sentences are compared where many were replaced at once. */
const MOST_PAIRS = 40_000;

/**
 * What changed between two texts of a letter: by sentence first, so that one that is still there is never marked, then by
 * word in those that were changed.
 */
export function compareLetters(before: LetterWords, after: LetterWords, locale: string): DiffBlock[] {
  const [oldBlocks, newBlocks] = [letterBlocks(before), letterBlocks(after)];
  const split = sentencesBy(locale);
  const pieces = compareSentences(oldBlocks.flatMap(split), newBlocks.flatMap(split), wordsBy(locale));
  return layOut(pieces, oldBlocks, newBlocks);
}

function sentencesBy(locale: string) {
  const segmenter = new Intl.Segmenter(locale, { granularity: "sentence" });
  return ({ text, kind }: Block, block: number): Sentence[] =>
    // What is said of whom stays apart: a title that becomes a heading is not the same sentence.
    [...segmenter.segment(text)].map(({ segment }) => ({
      text: segment,
      key: `${HEAD.has(kind) ? kind : ""}\n${segment.trim().replace(/\s+/gu, " ")}`,
      block,
    }));
}

const HEAD: ReadonlySet<string> = new Set(["title", "standfirst", "recipients"]);

function wordsBy(locale: string) {
  const segmenter = new Intl.Segmenter(locale, { granularity: "word" });
  return (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment);
}

type SplitWords = ReturnType<typeof wordsBy>;

function compareSentences(before: Sentence[], after: Sentence[], words: SplitWords): Piece[] {
  const keys = (sentences: Sentence[]) => sentences.map(({ key }) => key);
  const common = commonPlaces(keys(before), keys(after)) ?? [];
  const moved = movedSentences(before, after, common);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...common, [before.length, after.length] as const]) {
    const gone = before.slice(i, a).filter((sentence) => !moved.has(sentence));
    pieces.push(...replaced(gone, after.slice(j, b), moved, words));
    const [old, sentence] = [before[a], after[b]];
    if (old && sentence)
      pieces.push({
        parts: [{ kind: "same", text: sentence.text }],
        before: old.block,
        after: sentence.block,
      });
    [i, j] = [a + 1, b + 1];
  }
  return pieces;
}

/** Sentences that are in both texts, in another order: those of either text. */
function movedSentences(before: Sentence[], after: Sentence[], common: [number, number][]): Set<Sentence> {
  const [keptBefore, keptAfter] = [new Set(common.map(([a]) => a)), new Set(common.map(([, b]) => b))];
  const left = Map.groupBy(
    before.filter((_, place) => !keptBefore.has(place)),
    ({ key }) => key,
  );
  const moved = new Set<Sentence>();
  for (const [place, sentence] of after.entries()) {
    const from = keptAfter.has(place) ? undefined : left.get(sentence.key)?.shift();
    if (from) moved.add(sentence).add(from);
  }
  return moved;
}

function replaced(gone: Sentence[], come: Sentence[], moved: Set<Sentence>, words: SplitWords): Piece[] {
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  const fresh = (until: number) =>
    come.slice(j, until).map((sentence): Piece => {
      const kind = moved.has(sentence) ? "moved" : "added";
      return { parts: [{ kind, text: sentence.text }], after: sentence.block };
    });
  for (const { from, to, old, now } of alike(gone, come, moved, words)) {
    pieces.push(...gone.slice(i, from).map(removed), ...fresh(to));
    [i, j] = [from + old, to + now];
    const text = (sentences: Sentence[]) => words(sentences.map((each) => each.text).join(""));
    const parts = compareWords(text(gone.slice(from, i)), text(come.slice(to, j)));
    pieces.push({ parts, before: gone[from]?.block, after: come[to]?.block });
  }
  return [...pieces, ...gone.slice(i).map(removed), ...fresh(come.length)];
}

const removed = ({ text, block }: Sentence): Piece => ({ parts: [{ kind: "removed", text }], before: block });

/** So many old sentences from a place became so many new ones from another. */
type Match = { from: number; to: number; old: number; now: number };

/** A sentence is changed, split or joined. */
const STEPS = [
  { old: 1, now: 1 },
  { old: 1, now: 2 },
  { old: 2, now: 1 },
];

/** Which new sentences were which old ones: the matches, in the order of both texts, that are the most alike together. */
function alike(gone: Sentence[], come: Sentence[], moved: Set<Sentence>, words: SplitWords): Match[] {
  if (gone.length * come.length > MOST_PAIRS) return [];
  const spell = ({ text }: Sentence) => words(text).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [before, after] = [gone.map(spell), come.map((each) => (moved.has(each) ? [] : spell(each)))];
  const width = come.length + 1;
  const best = new Float64Array((gone.length + 1) * width);
  const steps: (Match | undefined)[] = [];
  const within = (sentences: Sentence[], place: number, count: number) =>
    sentences[place + count - 1]?.block === sentences[place]?.block;
  const at = (i: number, j: number) => best[i * width + j] ?? 0;
  for (let i = gone.length - 1; i >= 0; i--)
    for (let j = come.length - 1; j >= 0; j--) {
      best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1));
      for (const { old, now } of STEPS) {
        if (!within(gone, i, old) || !within(come, j, now)) continue;
        const likeness = sharedPart(before.slice(i, i + old).flat(), after.slice(j, j + now).flat());
        const together = likeness + at(i + old, j + now);
        if (likeness < ALIKE || together <= at(i, j)) continue;
        best[i * width + j] = together;
        steps[i * width + j] = { from: i, to: j, old, now };
      }
    }
  const matches: Match[] = [];
  for (let i = 0, j = 0; i < gone.length && j < come.length; ) {
    const step = steps[i * width + j];
    if (step) matches.push(step);
    if (step) [i, j] = [i + step.old, j + step.now];
    else if (at(i, j) === at(i + 1, j)) i += 1;
    else j += 1;
  }
  return matches;
}

/** Which part of their words two sentences share, from 0 to 1. */
function sharedPart(before: string[], after: string[]): number {
  const counts = new Map<string, number>();
  for (const word of before) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of after) {
    const left = counts.get(word) ?? 0;
    if (left > 0) shared += 1;
    counts.set(word, left - 1);
  }
  return (2 * shared) / Math.max(1, before.length + after.length);
}

/** One changed sentence by words. Spaces between two changed words count as changed with them: that reads better. */
function compareWords(before: string[], after: string[]): DiffPart[] {
  const common = commonPlaces(before, after) ?? [];
  const parts: DiffPart[] = [];
  let [gone, come, space] = ["", "", ""];
  let [i, j] = [0, 0];
  for (const [a, b] of [...common, [before.length, after.length] as const]) {
    const [out, into] = [before.slice(i, a).join(""), after.slice(j, b).join("")];
    if (out || into) {
      gone += space + out;
      come += space + into;
      space = "";
    }
    const word = after[b] ?? "";
    if ((gone || come) && word.trim() === "") space += word;
    else {
      parts.push(...changedWords(gone, come), { kind: "same", text: space + word });
      [gone, come, space] = ["", "", ""];
    }
    [i, j] = [a + 1, b + 1];
  }
  return joined([...parts, ...changedWords(gone, come), { kind: "same", text: space }]);
}

/** Words that made room for others. Where only a space came or went, nobody wrote anything. */
function changedWords(gone: string, come: string): DiffPart[] {
  return [
    { kind: "removed", text: gone.trim() ? gone : "" },
    { kind: come.trim() ? "added" : "same", text: come },
  ];
}

function joined(parts: DiffPart[]): DiffPart[] {
  const all: DiffPart[] = [];
  for (const { kind, text } of parts) {
    const last = all.at(-1);
    if (!text) continue;
    if (last?.kind === kind) last.text += text;
    else all.push({ kind, text });
  }
  return all;
}

/** Puts the pieces into the blocks of the new text; what is gone stays where it was read. */
function layOut(pieces: Piece[], oldBlocks: Block[], newBlocks: Block[]): DiffBlock[] {
  const nextKept = nextPieces(pieces);
  const places: { name: string; kind: Block["kind"]; pieces: Piece[] }[] = [];
  let last: Piece | undefined;
  for (const [place, piece] of pieces.entries()) {
    const block = piece.after ?? homeOf(piece, last, nextKept[place]);
    if (piece.after !== undefined) last = piece;
    const name = block === undefined ? `before ${piece.before}` : `after ${block}`;
    const kind = (block === undefined ? oldBlocks[piece.before ?? 0] : newBlocks[block])?.kind ?? "paragraph";
    if (places.at(-1)?.name === name) places.at(-1)?.pieces.push(piece);
    else places.push({ name, kind, pieces: [piece] });
  }
  return places.map(({ kind, pieces: own }) => {
    const parts = joined(own.flatMap(spaced));
    return { kind, parts, changed: parts.some((part) => part.kind !== "same") };
  });
}

/** For each piece the next one behind it that is in the new text. */
function nextPieces(pieces: Piece[]): (Piece | undefined)[] {
  let next: Piece | undefined;
  const all = [...pieces].reverse().map((piece) => {
    const found = next;
    if (piece.after !== undefined) next = piece;
    return found;
  });
  return all.reverse();
}

/** The block of the new text that a removed piece is read in, if any: that of its own old block, or the one around it. */
function homeOf({ before }: Piece, last?: Piece, next?: Piece): number | undefined {
  if (last && (last.before === before || last.after === next?.after)) return last.after;
  return next?.before === before ? next?.after : undefined;
}

/** The last sentence of a block has no space behind it; where another follows it now, it gets one. */
function spaced({ parts }: Piece, place: number, all: Piece[]): DiffPart[] {
  const last = parts.at(-1);
  if (place === all.length - 1 || !last || /[\s\u3000-\u303f\uff00-\uffef]$/u.test(last.text)) return parts;
  return [...parts.slice(0, -1), { ...last, text: `${last.text} ` }];
}
