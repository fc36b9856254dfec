"use client";

import type { ReactNode } from "react";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

export type Option = { value: string; label: string };

type Props = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  width?: "short" | "medium" | "long";
  autoComplete?: string;
  /** Stands for no choice yet. */
  prompt?: string;
  options: Option[];
  defaultValue?: string;
};

/** One of many, by the browser's own list, in the form around it. */
export function SelectField({ name, label, hint, optional, width = "medium", ...rest }: Props) {
  const field = useField(name);
  const { prompt, options, autoComplete, defaultValue = "" } = rest;
  return (
    <FieldFrame field={field} label={label} hint={hint} optional={optional}>
      <select
        className="input"
        data-width={width}
        autoComplete={autoComplete}
        defaultValue={field.sent ? field.value : defaultValue}
        {...controlAttributes(field, Boolean(hint), optional)}
      >
        {prompt !== undefined && <option value="">{prompt}</option>}
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
