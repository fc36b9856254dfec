"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { TextField } from "@/app/_components/fields/text-field";
import { Form } from "@/app/_forms/form";
import { useField } from "@/app/_forms/use-field";
import type { FieldErrors, FormState } from "@/lib/http/request-context";
import { LARGEST_PICTURE } from "@/lib/letters/pictures/rules";

type Props = {
  action: string;
  initial?: FormState;
  /** Puts its Markdown into the text, where a script runs; without, a page of its own shows it. */
  onAdded?: (markdown: string) => void;
};

const TIMEOUT_MS = 90_000;

/** Sends a picture. Beside a text that is being written, its answer opens beside it too, so that nothing typed is left. */
export function PictureForm({ action, initial, onAdded }: Props) {
  const t = useTranslations("letters.pictures");
  const [state, setState] = useState<"idle" | "sending" | "added">("idle");
  const [round, setRound] = useState(0);

  async function send(to: string, data: FormData): Promise<FieldErrors | null> {
    const file = data.get("picture");
    if (file instanceof File && file.size > LARGEST_PICTURE) return { picture: ["tooLarge"] };
    setState("sending");
    const { markdown, errors } = await ask(to, data);
    if (!markdown) {
      setState("idle");
      return errors ?? { "": ["server"] };
    }
    if (!onAdded) {
      window.location.reload();
      return null;
    }
    onAdded(markdown);
    setState("added");
    // The next one begins with an empty form.
    setRound(round + 1);
    return {};
  }

  return (
    <details className="letter-picture" open={initial !== undefined || !onAdded || undefined}>
      <summary>{t("add")}</summary>
      <Form
        key={round}
        id="picture"
        action={action}
        initial={initial}
        send={send}
        className="form"
        encType="multipart/form-data"
        target={onAdded ? "_blank" : undefined}
        autoComplete="off"
      >
        <FileField label={t("file")} hint={t("fileHint")} />
        <TextField name="alt" label={t("alt")} hint={t("altHint")} />
        <TextField name="caption" label={t("caption")} hint={t("captionHint")} optional />
        <div className="form-end">
          <button className="button" data-quiet type="submit">
            {t("submit")}
          </button>
        </div>
      </Form>
      <p className="note" role="status">
        {state === "sending" && t("sending")}
        {state === "added" && t("inText")}
      </p>
    </details>
  );
}

function FileField({ label, hint }: { label: string; hint: string }) {
  const field = useField("picture");
  return (
    <FieldFrame field={field} label={label} hint={hint}>
      <input type="file" accept="image/png,image/jpeg,image/webp" {...controlAttributes(field, true)} />
    </FieldFrame>
  );
}

async function ask(action: string, data: FormData): Promise<{ markdown?: string; errors?: FieldErrors }> {
  const request = { method: "POST", body: data, headers: { accept: "application/json" } };
  try {
    const answer = await fetch(action, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (answer.status === 413) return { errors: { picture: ["tooLarge"] } };
    const body: { answer?: { markdown?: string }; errors?: FieldErrors } = await answer.json();
    return { markdown: body.answer?.markdown, errors: body.errors };
  } catch {
    return { errors: { "": ["network"] } };
  }
}
