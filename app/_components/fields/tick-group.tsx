"use client";

import { FieldErrors } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

type Tick = { value: string; label: string };

type Props = { name: string; label: string; hint?: string; ticks: Tick[]; ticked: readonly string[] };

/** Boxes of which any number may be ticked, sent under one name. */
export function TickGroup({ name, label, hint, ticks, ticked }: Props) {
  const field = useField(name);
  return (
    <fieldset className="field" aria-describedby={field.describedBy(Boolean(hint))}>
      <legend>{label}</legend>
      {hint && (
        <p className="hint" id={field.hintId}>
          {hint}
        </p>
      )}
      <FieldErrors field={field} />
      <div className="bulk-boxes">
        {ticks.map(({ value, label: words }) => (
          <div key={value} className="choice">
            <input
              type="checkbox"
              id={`${field.id}-${value}`}
              name={name}
              value={value}
              defaultChecked={ticked.includes(value)}
            />
            <label htmlFor={`${field.id}-${value}`}>{words}</label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
