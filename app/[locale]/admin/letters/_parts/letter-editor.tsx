"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { Form } from "@/app/_forms/form";
import { postForm } from "@/app/_forms/post-form";
import { useErrorTexts } from "@/app/_forms/use-field";
import { Preview } from "@/app/[locale]/admin/letters/_parts/preview";
import type { FieldErrors, FormState } from "@/lib/http/request-context";
import type { LetterTexts } from "@/lib/letters/rules";

type Props = {
  action: string;
  initial?: FormState;
  text: LetterTexts;
  revision: number;
  language: string;
  dir: "ltr" | "rtl";
  bodyHtml: string;
  /** How the text stood when the page was made. */
  children: ReactNode;
};

/** After the last key, in milliseconds: the preview follows the writer, and saving follows a pause. */
const PREVIEW_MS = 500;
const SAVE_MS = 3_000;
const TIMEOUT_MS = 20_000;

type Answer = { answer?: { bodyHtml?: string; revision?: number; savedAt?: string }; errors?: FieldErrors };

/**
 * The fields of a letter's text with its preview. Without a script there are buttons for both; with one the preview
 * follows and the draft is saved by itself.
 */
export function LetterEditor({ action, initial, text, revision, language, dir, bodyHtml, children }: Props) {
  const t = useTranslations("letters.text");
  const typed = initial?.values ?? text;
  const { title = "", standfirst = "", recipients = "" } = typed;
  const [shown, setShown] = useState({ title, standfirst, recipients, bodyHtml });
  const { state, send, input } = useSaving(action, (form, html) => {
    const value = (name: string) => String(form.get(name) ?? "");
    setShown((before) => ({
      title: value("title"),
      standfirst: value("standfirst"),
      recipients: value("recipients"),
      bodyHtml: html ?? before.bodyHtml,
    }));
  });
  return (
    <div className="letter-write" ref={input}>
      <Form
        id="text"
        action={action}
        initial={initial}
        send={send}
        className="form"
        encType="multipart/form-data"
        autoComplete="off"
      >
        <input type="hidden" name="revision" value={state.revision ?? revision} />
        <div lang={language} dir={dir} className="letter-fields">
          <TextField name="title" label={t("letterTitle")} defaultValue={text.title} />
          <TextAreaField
            name="standfirst"
            label={t("standfirst")}
            hint={t("standfirstHint")}
            rows={3}
            defaultValue={text.standfirst}
          />
          <TextAreaField
            name="recipients"
            label={t("recipients")}
            hint={t("recipientsHint")}
            rows={2}
            defaultValue={text.recipients}
          />
          <TextAreaField
            name="body"
            label={t("body")}
            hint={t("bodyHint")}
            rows={22}
            defaultValue={text.body}
          />
        </div>
        <div className="form-end">
          <div className="letter-buttons">
            <button className="button" type="submit" name="step" value="save">
              {t("save")}
            </button>
            <button className="button" data-quiet type="submit" name="step" value="publish">
              {t("publish")}
            </button>
            {!state.live && (
              <button className="admin-link" type="submit" name="step" value="preview">
                {t("preview")}
              </button>
            )}
          </div>
          <SaveState state={state} />
          {children}
        </div>
      </Form>
      <Preview text={shown} language={language} />
    </div>
  );
}

type SavingState = {
  /** Whether a script runs. */
  live: boolean;
  is: "as-sent" | "unsaved" | "saving" | "saved" | "refused";
  revision?: number;
  savedAt?: Date;
  codes: string[];
};

/** What is known at once, also to what runs before the next rendering. */
type Now = { dirty: boolean; leaving: boolean; saving: Promise<Answer> | null; revision: number | null };

/** Saves the form by itself and asks for its preview. @param onShow gets the form and, where it changed, its HTML */
function useSaving(action: string, onShow: (form: FormData, html?: string) => void) {
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
      if (answer?.bodyHtml !== undefined)
        show.current(new FormData(form as HTMLFormElement), answer.bodyHtml);
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
    const errors = await postForm(to, data);
    if (errors?.[""]?.includes("savedByOther")) {
      // The server's own page shows both texts.
      (document.getElementById("text") as HTMLFormElement).submit();
      return new Promise(() => {});
    }
    now.current.leaving = errors === null;
    return errors;
  };
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

function SaveState({ state: { live, is, savedAt, codes } }: { state: SavingState }) {
  const t = useTranslations("letters.text");
  const texts = useErrorTexts();
  const locale = useLocale();
  if (!live) return null;
  const time =
    savedAt &&
    new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(savedAt);
  return (
    <div className="letter-save" role="status">
      {is === "saving" && <p className="note">{t("saving")}</p>}
      {is === "saved" && time && <p className="note">{t("saved", { time })}</p>}
      {is === "unsaved" && <p className="note">{t("unsaved")}</p>}
      {is === "refused" && texts("", codes).map((text) => <p key={text}>{text}</p>)}
    </div>
  );
}
