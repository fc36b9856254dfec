declare global {
  /** What Next takes its turn after: scripts that come before it (`beforeInteractive`), by address and attributes. */
  var __next_s: [address: string | undefined, attributes: { children: string }][] | undefined;
}

/**
 * Has React loaded in one turn of the event loop and Next in another. In one go a slow phone answers no touch for a
 * quarter of a second. Call it before React starts.
 */
export function startInTurns(): void {
  setTimeout(() => require("react-dom/client"));
  // Next waits a turn for each script that comes before it, though there is nothing in these.
  globalThis.__next_s = [
    [undefined, { children: "" }],
    [undefined, { children: "" }],
  ];
}
