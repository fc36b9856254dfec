type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const CONTROLS = "input:not([type=hidden], [type=submit], [type=button], [type=file]), select, textarea";

/**
 * Keeps what a form holds where React throws the page's elements away and makes new ones: it does so when it finds
 * anything in the page that the server did not send, such as an extension's or a translator's. Elements that are taken
 * out still hold their values, autofilled ones too; their successors get them, and the caret. Call it before React starts.
 */
export function keepTyped(): void {
  const lost = new Map<string, Control>();
  const focused = watchFocus();
  const giveBack = watchTextAreas();
  new MutationObserver((records) => {
    for (const { target } of records) if (target instanceof HTMLTextAreaElement) giveBack(target);
    for (const { removedNodes, target } of records)
      for (const control of controlsIn(removedNodes))
        if (!control.isConnected && isTyped(control)) lost.set(nameOf(control, target), control);
    for (const { addedNodes, target } of records)
      for (const control of controlsIn(addedNodes)) if (control.isConnected) restore(control, target);
  }).observe(document, { childList: true, subtree: true });

  function restore(control: Control, parent: Node): void {
    const name = nameOf(control, parent);
    const before = lost.get(name);
    lost.delete(name);
    if (before) copyValue(before, control);
    const last = focused();
    if (last && !last.isConnected && nameOf(last, parent) === name) copyFocus(last, control);
  }
}

/**
 * React fills a text area with what the server sent when it takes the page over, and so deletes what was typed until then.
 * It sets the area's children, too, by which it is noticed.
 * @returns what gives an area its text back
 */
function watchTextAreas(): (area: HTMLTextAreaElement) => void {
  const typed = new Map<HTMLTextAreaElement, Pick<HTMLTextAreaElement, "value" | "selectionEnd">>();
  const note = (area: HTMLTextAreaElement) =>
    typed.set(area, { value: area.value, selectionEnd: area.selectionEnd });
  for (const area of document.querySelectorAll("textarea")) if (isTyped(area)) note(area);
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement) note(target);
  });
  document.addEventListener("reset", () => typed.clear());
  return (area) => {
    const before = typed.get(area);
    if (!before || before.value === area.value) return;
    area.value = before.value;
    if (document.activeElement === area) area.setSelectionRange(before.selectionEnd, before.selectionEnd);
  };
}

/** @returns the control that has the focus, or had it until it was taken out of the page */
function watchFocus(): () => Control | null {
  let focused = asControl(document.activeElement);
  document.addEventListener("focusin", ({ target }) => {
    focused = asControl(target);
  });
  document.addEventListener("focusout", () => {
    // Some browsers say so of an element that is being taken out, too.
    setTimeout(() => {
      if (document.activeElement !== focused) focused = null;
    });
  });
  return () => focused;
}

const asControl = (target: unknown) =>
  target instanceof Element && target.matches(CONTROLS) ? (target as Control) : null;

function controlsIn(nodes: NodeList): Control[] {
  const elements = [...nodes].filter((node) => node instanceof Element);
  return elements.flatMap((element) => [
    ...(element.matches(CONTROLS) ? [element as Control] : []),
    ...element.querySelectorAll<Control>(CONTROLS),
  ]);
}

/** What a control and its successor have in common. @param parent what it was taken out of, or put into */
function nameOf(control: Control, parent: Node): string {
  const form = control.form ?? (parent instanceof Element ? parent.closest("form") : null);
  const place = form?.getAttribute("id") ?? form?.getAttribute("action") ?? "";
  return JSON.stringify([place, control.name, isChoice(control) ? control.value : ""]);
}

const isChoice = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(control.type);

function isTyped(control: Control): boolean {
  if (control instanceof HTMLSelectElement) return true;
  return isChoice(control)
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

function copyValue(from: Control, to: Control): void {
  if (isChoice(from) && isChoice(to)) to.checked = from.checked;
  else to.value = from.value;
  const around = to.closest("details");
  if (around && from.closest("details")?.open) around.open = true;
}

function copyFocus(from: Control, to: Control): void {
  to.focus({ preventScroll: true });
  if (from instanceof HTMLSelectElement || to instanceof HTMLSelectElement) return;
  // An address field knows no caret; there it stands at the end.
  if (from.selectionStart !== null) to.setSelectionRange(from.selectionStart, from.selectionEnd);
}
