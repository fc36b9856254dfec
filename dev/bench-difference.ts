import { compareLetters } from "@/lib/letters/difference/compare";
import { measureChange } from "@/lib/letters/difference/measure";

const ROUNDS = 15;

/** Measures how long two texts of 10,000 words take to be compared and measured: medians, after one round that is not counted. */
export function benchDifference(): void {
  const [before, after] = [text(false), text(true)];
  const words = before.body.split(/\s+/).length;
  for (const [name, run] of [
    ["compared", () => compareLetters(before, after, "en")],
    ["measured", () => measureChange(before, after, "en")],
  ] as const) {
    run();
    const times = Array.from({ length: ROUNDS }, () => timeOf(run)).sort((one, other) => one - other);
    const [least, middle, most] = [times[0], times[Math.floor(ROUNDS / 2)], times.at(-1)].map((ms) =>
      ms?.toFixed(0),
    );
    process.stdout.write(`${words} words ${name} in ${middle} ms (${least} to ${most})\n`);
  }
}

function timeOf(run: () => unknown): number {
  const begun = performance.now();
  run();
  return performance.now() - begun;
}

/** 800 sentences, of which every fortieth is another one. */
function text(changed: boolean) {
  const sentence = (place: number) =>
    changed && place % 40 === 0
      ? `A sentence of ${place} says something else. `
      : `Sentence number ${place} says that nobody of the ${place} may be left behind. `;
  const body = Array.from(
    { length: 800 },
    (_, place) => sentence(place) + (place % 5 === 4 ? "\n\n" : ""),
  ).join("");
  return { title: "Title", standfirst: "In short.", recipients: "To all", body };
}
