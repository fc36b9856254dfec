"use client";

import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { fieldId, useErrorTexts } from "@/app/_forms/use-field";
import type { FieldErrors } from "@/lib/http/request-context";

/**
 * Everything that is wrong with a form, each line a link to its field. Takes focus when it appears: in a page that the server
 * shows again, before any script, so that the page does not jump from under a quick press later.
 */
export function ErrorSummary({
  ref,
  form,
  errors,
}: {
  ref?: Ref<HTMLDivElement>;
  form: string;
  errors: FieldErrors;
}) {
  const t = useTranslations("errors");
  const texts = useErrorTexts();
  const lines = Object.entries(errors).flatMap(([field, codes]) =>
    texts(field, codes).map((text, place) => ({ field, text, key: `${field}-${codes[place]}` })),
  );
  if (lines.length === 0) return null;
  return (
    <div
      ref={ref}
      className="error-summary"
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: the page is shown again for the sake of this
      autoFocus
      aria-labelledby={`${form}-summary`}
    >
      <h2 id={`${form}-summary`}>{t("summary", { count: lines.length })}</h2>
      <ul>
        {lines.map(({ field, text, key }) => (
          <li key={key}>{field ? <a href={`#${fieldId(form, field)}`}>{text}</a> : text}</li>
        ))}
      </ul>
    </div>
  );
}
