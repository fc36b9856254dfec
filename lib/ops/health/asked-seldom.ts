/**
 * Shares one answer among all who ask for it while it is being found and for a while after.
 * @param ms for how long, from the moment at which the answer is there
 * @param ask finds it anew
 */
export function askedSeldom<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let latest: { answer: Promise<T>; until: number } | undefined;
  return () => {
    if (latest && latest.until > performance.now()) return latest.answer;
    const asked = { answer: ask(), until: Number.POSITIVE_INFINITY };
    const over = () => {
      asked.until = performance.now() + ms;
    };
    asked.answer.then(over, over);
    latest = asked;
    return asked.answer;
  };
}
