"use client";

import type { ReactNode } from "react";
import { FieldErrors, Hint } from "@/app/_components/fields/field-frame";
import { type Field, useField } from "@/app/_forms/use-field";

type Choice = { value: string; label: ReactNode; hint?: ReactNode };

type Props = { name: string; label: ReactNode; hint?: ReactNode; choices: Choice[]; defaultValue?: string };

/** One of a few, all in sight. The first one carries the field's id, where links from the error summary lead. */
export function RadioGroup({ name, label, hint, choices, defaultValue }: Props) {
  const field = useField(name);
  const chosen = field.value || defaultValue;
  return (
    <fieldset
      className="field"
      data-invalid={field.errors.length > 0 || undefined}
      aria-describedby={field.describedBy(Boolean(hint))}
    >
      <legend>{label}</legend>
      {hint && <Hint field={field}>{hint}</Hint>}
      <FieldErrors field={field} />
      <div>
        {choices.map((choice, place) => (
          <Radio
            key={choice.value}
            field={field}
            choice={choice}
            first={place === 0}
            checked={chosen === choice.value}
          />
        ))}
      </div>
    </fieldset>
  );
}

type RadioProps = { field: Field; choice: Choice; first: boolean; checked: boolean };

function Radio({ field, choice: { value, label, hint }, first, checked }: RadioProps) {
  const id = first ? field.id : `${field.id}-${value}`;
  const hintId = hint ? `${id}-about` : undefined;
  return (
    <div className="choice">
      <input
        type="radio"
        id={id}
        name={field.name}
        value={value}
        defaultChecked={checked}
        required
        aria-describedby={hintId}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p className="hint" id={hintId}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
