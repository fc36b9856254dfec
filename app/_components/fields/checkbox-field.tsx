"use client";

import type { ReactNode } from "react";
import { controlAttributes, FieldErrors, Hint, Optional } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

type Props = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean /** How things are, of a setting: it has no need to be called optional. */;
  ticked?: boolean;
};

/** A box to tick, sent as `on`; ticked beforehand only where it says how things are. */
export function CheckboxField({ name, label, hint, optional, ticked }: Props) {
  const field = useField(name);
  return (
    <div className="field" data-invalid={field.errors.length > 0 || undefined}>
      <FieldErrors field={field} />
      <div className="choice">
        <input
          type="checkbox"
          value="on"
          defaultChecked={field.sent ? field.value === "on" : ticked === true}
          {...controlAttributes(field, Boolean(hint), optional)}
        />
        <div>
          <label htmlFor={field.id}>
            {label} {optional && ticked === undefined && <Optional />}
          </label>
          {hint && <Hint field={field}>{hint}</Hint>}
        </div>
      </div>
    </div>
  );
}
