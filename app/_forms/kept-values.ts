import { useEffect } from "react";

export type KeptValues = Record<string, string>;

const CONTROLS = "input:not([type=hidden]), select, textarea";
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What this tab keeps by a name; null where it keeps nothing. A browser may forbid all of this. */
export function readKept(name: string): KeptValues | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null") as KeptValues | null;
  } catch {
    return null;
  }
}

/** Keeps values in this tab alone, until it is closed; null drops what was kept. */
export function keep(name: string, values: KeptValues | null): void {
  try {
    if (values) sessionStorage.setItem(name, JSON.stringify(values));
    else sessionStorage.removeItem(name);
  } catch {
    // Then nothing is kept.
  }
}

/**
 * Keeps what is typed into a form in this tab, so that a reload, a look at another page or an answer that never comes
 * loses nothing. Forms with the same name share the fields that they have in common.
 * @param mayKeep whether these values may stay on the device
 */
export function useKeptValues(form: string, name: string, mayKeep: (values: KeptValues) => boolean): void {
  useEffect(() => {
    const element = document.getElementById(form);
    if (!(element instanceof HTMLFormElement)) return;
    const controls = () => [...element.querySelectorAll<Control>(CONTROLS)].filter((control) => control.name);
    const kept = readKept(name);
    if (kept) for (const control of controls()) restore(control, kept);
    const save = () => {
      const values = Object.fromEntries(controls().flatMap(entryOf));
      keep(name, mayKeep(values) ? { ...readKept(name), ...values } : null);
    };
    element.addEventListener("input", save);
    element.addEventListener("change", save);
    return () => {
      element.removeEventListener("input", save);
      element.removeEventListener("change", save);
    };
  }, [form, name, mayKeep]);
}

function entryOf(control: Control): [string, string][] {
  if (control instanceof HTMLInputElement && control.type === "radio")
    return control.checked ? [[control.name, control.value]] : [];
  if (control instanceof HTMLInputElement && control.type === "checkbox")
    return [[control.name, control.checked ? control.value : ""]];
  return [[control.name, control.value]];
}

/** Puts a kept value back, unless something has been typed or sent since. */
function restore(control: Control, kept: KeptValues): void {
  const value = kept[control.name];
  if (value === undefined) return;
  if (control instanceof HTMLInputElement && control.type === "checkbox") {
    // One that the page ticks beforehand may have been unticked.
    if (control.checked === control.defaultChecked) control.checked = value === control.value;
  } else if (control instanceof HTMLInputElement && control.type === "radio") {
    if (control.value === value) control.checked = true;
  } else if (value && !control.value) {
    control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
