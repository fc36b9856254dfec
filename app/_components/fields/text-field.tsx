"use client";

import type { HTMLAttributes, HTMLInputAutoCompleteAttribute, ReactNode } from "react";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

type Props = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Marked as such; every other field is required. */
  optional?: boolean;
  type?: "text" | "email" | "url" | "search" | "datetime-local" | "date";
  /** As wide as the answer is expected to be. */
  width?: "short" | "medium" | "long";
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: HTMLAttributes<HTMLInputElement>["inputMode"];
  /** `auto` for what people write in their own script, `ltr` for addresses; else that of its `lang`. */
  dir?: "auto" | "ltr" | "rtl";
  /** What is written in it, where that is not the page's language. */
  lang?: string;
  spellCheck?: boolean;
  /** What it holds at first, in a form that has not been sent. */
  defaultValue?: string;
};

/** A line of text, in the form around it. */
export function TextField({
  name,
  label,
  hint,
  optional,
  type = "text",
  width = "long",
  ...attributes
}: Props) {
  const field = useField(name);
  const { dir = "auto", defaultValue = "", ...rest } = attributes;
  return (
    <FieldFrame field={field} label={label} hint={hint} optional={optional}>
      <input
        className="input"
        data-width={width}
        type={type}
        dir={dir}
        defaultValue={field.sent ? field.value : defaultValue}
        {...rest}
        {...controlAttributes(field, Boolean(hint), optional)}
      />
    </FieldFrame>
  );
}
