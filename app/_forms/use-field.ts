"use client";

import { useTranslations } from "next-intl";
import { createContext, useContext } from "react";
import type { FormState } from "@/lib/http/request-context";

export const FormContext = createContext<FormState>({ id: "", values: {}, errors: {} });

/** Turns error codes into sentences in the reader's language. What a sentence names follows its code: `code:3`. */
export function useErrorTexts(): (field: string, codes: string[]) => string[] {
  const t = useTranslations("errors");
  return (field, codes) =>
    codes.map((coded) => {
      const [code, named = ""] = coded.split(/:(.*)/su);
      const place = field || "form";
      const max = Number(named);
      if (t.has(`${place}.${code}`)) return t(`${place}.${code}`, { max, named });
      return t(t.has(`any.${code}`) ? `any.${code}` : "form.server", { max });
    });
}

export type Field = {
  /** The id of the control; error summaries link to it. */
  id: string;
  name: string;
  /** What was typed before, or the empty string. */
  value: string;
  /** Whether the form was sent before: then an empty value is what was meant. */
  sent: boolean;
  /** Sentences that say how to mend it, and the codes that they come from. */
  errors: string[];
  codes: string[];
  errorId: string;
  hintId: string;
  /** For `aria-describedby`: the hint and the errors that there are. */
  describedBy: (hasHint: boolean) => string | undefined;
};

/** The value, errors and ids of one field of the surrounding form. */
export function useField(name: string): Field {
  const form = useContext(FormContext);
  const texts = useErrorTexts();
  const id = fieldId(form.id, name);
  const codes = form.errors[name] ?? [];
  const errors = texts(name, codes);
  const errorId = `${id}-error`;
  const hintId = `${id}-hint`;
  return {
    id,
    name,
    value: form.values[name] ?? "",
    sent: Object.keys(form.values).length > 0,
    errors,
    codes,
    errorId,
    hintId,
    describedBy: (hasHint) =>
      [hasHint && hintId, errors.length > 0 && errorId].filter(Boolean).join(" ") || undefined,
  };
}

export const fieldId = (form: string, name: string) => `${form || "form"}-${name}`;
