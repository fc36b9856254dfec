import { lettersThatMayDiffer } from "@/lib/fields/names/resemblance";

/** The most that lookalikes differ in length. */
const REACH = 2;

/** How many letters may differ between a text of a length and any longer one that is taken for it. */
const mostFor = (length: number) => lettersThatMayDiffer(length + REACH);

const sorted = (skeleton: string) => skeleton.split(" ").sort().join(" ");
const forms = (skeleton: string) => [...new Set([skeleton, sorted(skeleton)])].map((form) => [...form]);

/** Of a text that k letters may differ in, one of k + 1 parts is as it was. */
function parts(length: number): { place: number; from: number; size: number }[] {
  const count = Math.min(length, mostFor(length) + 1);
  return Array.from({ length: count }, (_, place) => {
    const from = Math.floor((place * length) / count);
    return { place, from, size: Math.floor(((place + 1) * length) / count) - from };
  });
}

const keyOf = (length: number, place: number, part: string[]) => `${length}:${place}:${part.join("")}`;

/** What a signatory looks like: skeletons of its names, and of the domains of its websites. */
export type Looks = { names: string[]; sites: string[] };

/** The keys under which a signatory is kept. */
export const keysOfLooks = (looks: Looks) => ofLooks(looks, nearKeys);

/** The keys to look under for all that may be taken for a signatory: one of them is among the keys of each. */
export const probesForLooks = (looks: Looks) => ofLooks(looks, nearProbes);

/** Names resemble names, and websites websites. */
const ofLooks = ({ names, sites }: Looks, keys: (skeleton: string) => string[]) => [
  ...new Set([
    ...names.flatMap(keys).map((key) => `n${key}`),
    ...sites.flatMap(keys).map((key) => `s${key}`),
  ]),
];

/** A skeleton's parts, each with its place in a text of that length. */
function nearKeys(skeleton: string): string[] {
  const keys = forms(skeleton).flatMap((form) =>
    parts(form.length).map(({ place, from, size }) =>
      keyOf(form.length, place, form.slice(from, from + size)),
    ),
  );
  return [...new Set(keys)];
}

/** Of every length that a lookalike has, the parts that a skeleton may share with it. */
function nearProbes(skeleton: string): string[] {
  const keys = forms(skeleton).flatMap((form) =>
    Array.from({ length: 2 * REACH + 1 }, (_, at) => form.length + at - REACH).flatMap((length) => {
      const most = mostFor(length);
      if (length < 1 || Math.abs(length - form.length) > most) return [];
      return parts(length).flatMap(({ place, from, size }) =>
        Array.from({ length: 2 * most + 1 }, (_, shift) => from + shift - most).flatMap((start) =>
          start < 0 || start + size > form.length
            ? []
            : [keyOf(length, place, form.slice(start, start + size))],
        ),
      );
    }),
  );
  return [...new Set(keys)];
}
