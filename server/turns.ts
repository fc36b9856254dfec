/** How many requests are begun before anything else may come in between: some 10 ms of work on the one thread. */
const AT_A_TIME = 32;

type Begin = () => void;

/**
 * Begins requests in turn among networks, a few at a time. Hundreds that arrive together would else be answered to the
 * last before a reader who comes a moment later, and before anything that the database has said meanwhile.
 * @returns hands in a request of a network; each of its connections has one at a time, so no more wait than are open
 */
export function inTurns(): (network: string, begin: Begin) => void {
  // The first network is served next.
  const waiting = new Map<string, Set<Begin>>();
  let scheduled = false;
  const schedule = () => {
    if (!scheduled) setImmediate(beginSome);
    scheduled = true;
  };

  function beginSome(): void {
    scheduled = false;
    for (let begun = 0; begun < AT_A_TIME; begun++) {
      const [first] = waiting;
      if (!first) return;
      const [network, own] = first;
      waiting.delete(network);
      for (const begin of own) {
        own.delete(begin);
        if (own.size > 0) waiting.set(network, own);
        begin();
        break;
      }
    }
    if (waiting.size > 0) schedule();
  }

  return (network, begin) => {
    const own = waiting.get(network) ?? new Set();
    waiting.set(network, own.add(begin));
    schedule();
  };
}
