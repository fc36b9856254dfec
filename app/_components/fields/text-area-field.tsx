"use client";

import type { InputEvent, KeyboardEvent, ReactNode } from "react";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

type Props = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  rows?: number;
  /** For one line that may be long: the box grows with it, and nothing breaks it. */
  oneLine?: boolean;
  /** What is written in it, where that is not the page's language. */
  lang?: string;
  dir?: "auto" | "ltr" | "rtl";
  /** What it holds at first, in a form that has not been sent. */
  defaultValue?: string;
};

/** Several lines of text, or a long one, in the form around it. */
export function TextAreaField({
  name,
  label,
  hint,
  optional,
  oneLine = false,
  rows = oneLine ? 2 : 4,
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
        {...(oneLine && ONE_LINE)}
        defaultValue={field.sent ? field.value : defaultValue}
        {...controlAttributes(field, Boolean(hint), optional)}
      />
    </FieldFrame>
  );
}

/** A script keeps it to one line; without one the server makes one of what was typed. */
const ONE_LINE = {
  "data-one-line": "",
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) event.preventDefault();
  },
  onInput: ({ currentTarget: box }: InputEvent<HTMLTextAreaElement>) => {
    if (!box.value.includes("\n")) return;
    const place = box.selectionEnd;
    box.value = box.value.replaceAll("\n", " ");
    box.setSelectionRange(place, place);
  },
};
