const SIGNS = ["pointerdown", "pointermove", "keydown", "focusin", "scroll", "input"] as const;

/**
 * Does something once somebody begins to use the page: what only those need who fill in a form is loaded then, and takes
 * nothing from the first look at it.
 * @returns what gives it up
 */
export function whenUsed(act: () => void): () => void {
  const stop = () => {
    for (const sign of SIGNS) document.removeEventListener(sign, begin);
  };
  const begin = () => {
    stop();
    act();
  };
  if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body) begin();
  else for (const sign of SIGNS) document.addEventListener(sign, begin, { passive: true });
  return stop;
}
