"use client";

import type { ReactNode } from "react";
import { controlAttributes, FieldErrors, Hint, Optional } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

type Props = { name: string; label: ReactNode; hint?: ReactNode; optional?: boolean };

/** A box to tick, sent as `on`; never ticked beforehand. */
export function CheckboxField({ name, label, hint, optional }: Props) {
  const field = useField(name);
  return (
    <div className="field" data-invalid={field.errors.length > 0 || undefined}>
      <FieldErrors field={field} />
      <div className="choice">
        <input
          type="checkbox"
          value="on"
          defaultChecked={field.value === "on"}
          {...controlAttributes(field, Boolean(hint), optional)}
        />
        <div>
          <label htmlFor={field.id}>
            {label} {optional && <Optional />}
          </label>
          {hint && <Hint field={field}>{hint}</Hint>}
        </div>
      </div>
    </div>
  );
}
