"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Field } from "@/app/_forms/use-field";

type Props = { field: Field; label: ReactNode; hint?: ReactNode; optional?: boolean; children: ReactNode };

/** A labelled control: label, hint and errors above it. */
export function FieldFrame({ field, label, hint, optional, children }: Props) {
  return (
    <div className="field" data-invalid={field.errors.length > 0 || undefined}>
      <label htmlFor={field.id}>
        {label} {optional && <Optional />}
      </label>
      {hint && <Hint field={field}>{hint}</Hint>}
      <FieldErrors field={field} />
      {children}
    </div>
  );
}

export function Optional() {
  return <span className="optional">{useTranslations("site.form")("optional")}</span>;
}

export function Hint({ field, children }: { field: Field; children: ReactNode }) {
  return (
    <p className="hint" id={field.hintId}>
      {children}
    </p>
  );
}

/** What is wrong with a field, in words; nothing where nothing is. */
export function FieldErrors({ field }: { field: Field }) {
  const t = useTranslations("site.form");
  if (field.errors.length === 0) return null;
  return (
    <div className="field-error" id={field.errorId}>
      {field.errors.map((text) => (
        <p key={text}>
          <span className="visually-hidden">{t("error")}</span> {text}
        </p>
      ))}
    </div>
  );
}

export function controlAttributes(field: Field, hasHint: boolean, optional = false) {
  return {
    id: field.id,
    name: field.name,
    required: !optional,
    "aria-invalid": field.errors.length > 0 || undefined,
    "aria-describedby": field.describedBy(hasHint),
  };
}
