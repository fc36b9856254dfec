// The server and Next's bundles load this file apart from each other; they must agree.
const slot = Symbol.for("undersigned.stopping");
const shared = globalThis as { [slot]?: boolean };

/** From now on the process takes no new work. */
export function beginStopping(): void {
  shared[slot] = true;
}

/** Whether the process is on its way out. */
export const isStopping = (): boolean => shared[slot] === true;
