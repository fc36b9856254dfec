"use client";

import { useEffect, useRef, useState } from "react";
import { postForm } from "@/app/_forms/post-form";
import type { Links } from "@/app/[locale]/admin/letters/_parts/preview-links";
import type { FieldErrors } from "@/lib/http/request-context";
import type { Unshown } from "@/lib/letters/markdown/unshown";

/** A body as readers would see it, and its pictures that they would not. */
export type Rendered = { bodyHtml: string; unshown: Unshown[] };

/** After the last key, in milliseconds: the preview follows the writer, and saving follows a pause. */
const PREVIEW_MS = 500;
const SAVE_MS = 3_000;
const TIMEOUT_MS = 20_000;

type Answer = {
  answer?: Partial<Rendered & Links> & { revision?: number; savedAt?: string };
  errors?: FieldErrors;
};

export type SavingState = {
  /** Whether a script runs. */
  live: boolean;
  is: "as-sent" | "unsaved" | "saving" | "saved" | "refused";
  revision?: number;
  savedAt?: Date;
  codes: string[];
};

/** What is known at once, also to what runs before the next rendering. */
type Now = { dirty: boolean; leaving: boolean; saving: Promise<Answer> | null; revision: number | null };

/**
 * Saves the form by itself and asks for its preview.
 * @param onShow gets the form and, where it was rendered, its body
 * @param onLinks gets the links to the draft once they have changed
 */
export function useSaving(
  action: string,
  onShow: (form: FormData, rendered?: Rendered) => void,
  onLinks: (links: Links) => void,
) {
  const [state, setState] = useState<SavingState>({ live: false, is: "as-sent", codes: [] });
  const input = useRef<HTMLDivElement>(null);
  const show = useRef(onShow);
  show.current = onShow;
  const now = useRef<Now>({ dirty: false, leaving: false, saving: null, revision: null });

  useEffect(() => {
    const place = input.current;
    const form = place?.querySelector("form");
    if (!place || !form) return;
    setState((before) => ({ ...before, live: true }));
    let [previewTimer, saveTimer]: (ReturnType<typeof setTimeout> | undefined)[] = [];

    async function preview() {
      const data = new FormData(form as HTMLFormElement);
      show.current(data);
      const { answer } = await ask(action, data, "preview");
      const { bodyHtml, unshown = [] } = answer ?? {};
      if (bodyHtml !== undefined) show.current(new FormData(form as HTMLFormElement), { bodyHtml, unshown });
    }
    async function save() {
      if (now.current.saving || now.current.leaving) return;
      now.current.dirty = false;
      setState((before) => ({ ...before, is: "saving" }));
      now.current.saving = ask(action, new FormData(form as HTMLFormElement), "autosave");
      const { answer, errors } = await now.current.saving;
      now.current.saving = null;
      if (answer) {
        const { revision, savedAt } = answer;
        now.current.revision = revision ?? null;
        setState({
          live: true,
          is: now.current.dirty ? "unsaved" : "saved",
          revision,
          savedAt: new Date(savedAt ?? Date.now()),
          codes: [],
        });
        if (now.current.dirty) saveTimer = setTimeout(save, SAVE_MS);
        return;
      }
      now.current.dirty = true;
      setState((before) => ({ ...before, is: "refused", codes: Object.values(errors ?? {}).flat() }));
      // The line may be back in a while; what is wrong with the text only the writer can change.
      if (errors?.[""]?.some((code) => code === "network" || code === "server"))
        saveTimer = setTimeout(save, 5 * SAVE_MS);
    }
    function changed() {
      now.current.dirty = true;
      setState((before) => (before.is === "unsaved" ? before : { ...before, is: "unsaved" }));
      clearTimeout(previewTimer);
      clearTimeout(saveTimer);
      previewTimer = setTimeout(preview, PREVIEW_MS);
      saveTimer = setTimeout(save, SAVE_MS);
    }
    function leave(event: BeforeUnloadEvent) {
      if (now.current.dirty && !now.current.leaving) event.preventDefault();
    }
    // What was typed before the script ran.
    const early = setTimeout(() => isAltered(form) && changed());
    form.addEventListener("input", changed);
    window.addEventListener("beforeunload", leave);
    return () => {
      clearTimeout(early);
      clearTimeout(previewTimer);
      clearTimeout(saveTimer);
      form.removeEventListener("input", changed);
      window.removeEventListener("beforeunload", leave);
    };
  }, [action]);

  const send: typeof postForm = async (to, data) => {
    now.current.leaving = true;
    // What is being saved at this moment is our own, too.
    const { answer } = (await now.current.saving) ?? {};
    const revision = answer?.revision ?? now.current.revision;
    if (revision !== null) data.set("revision", String(revision));
    const step = String(data.get("step") ?? "");
    if (/^(?:link$|revoke\.)/.test(step)) return changeLinks(data, step);
    const errors = await postForm(to, data);
    if (errors?.[""]?.includes("savedByOther")) {
      // The server's own page shows both texts.
      (document.getElementById("text") as HTMLFormElement).submit();
      return new Promise(() => {});
    }
    now.current.leaving = errors === null;
    return errors;
  };

  /** The page stays, and what is typed meanwhile is saved as ever. */
  async function changeLinks(data: FormData, step: string): Promise<FieldErrors> {
    const { answer, errors } = await ask(action, data, step);
    now.current.leaving = false;
    if (!answer) return errors ?? { "": ["server"] };
    if (answer.revision !== undefined) {
      now.current.revision = answer.revision;
      setState((before) => ({ ...before, revision: answer.revision }));
    }
    onLinks({ links: answer.links ?? [], made: answer.made });
    return {};
  }
  return { state, send, input };
}

const isAltered = (form: HTMLFormElement) =>
  [
    ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]), textarea"),
  ].some(({ value, defaultValue }) => value !== defaultValue);

async function ask(action: string, data: FormData, step: string): Promise<Answer> {
  data.set("step", step);
  const request = { method: "POST", body: data, headers: { accept: "application/json" } };
  try {
    const answer = await fetch(action, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (answer.status === 413) return { errors: { "": ["tooLarge"] } };
    const body: Answer = await answer.json().catch(() => ({}));
    return body.answer || body.errors ? body : { errors: { "": ["server"] } };
  } catch {
    return { errors: { "": ["network"] } };
  }
}
