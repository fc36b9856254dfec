"use client";

import type { ReactNode } from "react";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

type Props = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  rows?: number;
  /** What is written in it, where that is not the page's language. */
  lang?: string;
  dir?: "auto" | "ltr" | "rtl";
  /** What it holds at first, in a form that has not been sent. */
  defaultValue?: string;
};

/** Several lines of text, in the form around it. */
export function TextAreaField({
  name,
  label,
  hint,
  optional,
  rows = 4,
  defaultValue = "",
  ...written
}: Props) {
  const field = useField(name);
  return (
    <FieldFrame field={field} label={label} hint={hint} optional={optional}>
      <textarea
        className="input"
        data-width="long"
        dir="auto"
        {...written}
        rows={rows}
        defaultValue={field.sent ? field.value : defaultValue}
        {...controlAttributes(field, Boolean(hint), optional)}
      />
    </FieldFrame>
  );
}
