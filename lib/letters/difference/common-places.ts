/** How many insertions and deletions are looked for: texts that differ in more have nothing to do with each other. */
const MOST_EDITS = 2_000;

/**
 * The longest common subsequence of two sequences, as pairs of places (Myers, "An O(ND) Difference Algorithm").
 * @returns null where they differ in more than `MOST_EDITS` places
 */
export function commonPlaces(before: readonly string[], after: readonly string[]): [number, number][] | null {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let [end, afterEnd] = [before.length, after.length];
  while (end > start && afterEnd > start && before[end - 1] === after[afterEnd - 1]) {
    end -= 1;
    afterEnd -= 1;
  }
  const middle = myers(before.slice(start, end), after.slice(start, afterEnd));
  if (!middle) return null;
  const head = Array.from({ length: start }, (_, place): [number, number] => [place, place]);
  const tail = Array.from({ length: before.length - end }, (_, place): [number, number] => [
    end + place,
    afterEnd + place,
  ]);
  return [...head, ...middle.map(([a, b]): [number, number] => [a + start, b + start]), ...tail];
}

function myers(before: readonly string[], after: readonly string[]): [number, number][] | null {
  const [n, m] = [before.length, after.length];
  if (n === 0 || m === 0) return [];
  const most = Math.min(n + m, MOST_EDITS);
  const furthest = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const at = (diagonal: number) => furthest[middle + diagonal] ?? 0;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trace.push(furthest.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
      let x = down ? at(diagonal + 1) : at(diagonal - 1) + 1;
      while (x < n && x - diagonal < m && before[x] === after[x - diagonal]) x += 1;
      furthest[middle + diagonal] = x;
      if (x >= n && x - diagonal >= m) return walkBack(trace, edits, [n, m]);
    }
  }
  return null;
}

function walkBack(trace: Int32Array[], edits: number, [n, m]: [number, number]): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [n, m];
  for (let step = edits; step > 0; step--) {
    const at = (diagonal: number) => trace[step]?.[step + 1 + diagonal] ?? 0;
    const diagonal = x - y;
    const down = diagonal === -step || (diagonal !== step && at(diagonal - 1) < at(diagonal + 1));
    const from = down ? diagonal + 1 : diagonal - 1;
    const [fromX, fromY] = [at(from), at(from) - from];
    while (x > fromX && y > fromY) pairs.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  while (x > 0 && y > 0) pairs.push([--x, --y]);
  return pairs.reverse();
}
