"use client";

import { FieldErrors } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

type Box = { name: string; label: string };

type Props = { label: string; hint?: string; boxes: Box[] };

/** Boxes of which any number may be ticked, sent as `on`. The first one carries the errors of the group. */
export function BoxGroup({ label, hint, boxes }: Props) {
  const first = useField(boxes[0]?.name ?? "");
  return (
    <fieldset
      className="field"
      data-invalid={first.errors.length > 0 || undefined}
      aria-describedby={first.describedBy(Boolean(hint))}
    >
      <legend>{label}</legend>
      {hint && (
        <p className="hint" id={first.hintId}>
          {hint}
        </p>
      )}
      <FieldErrors field={first} />
      <div className="bulk-boxes">
        {boxes.map((box) => (
          <TickBox key={box.name} box={box} />
        ))}
      </div>
    </fieldset>
  );
}

function TickBox({ box: { name, label } }: { box: Box }) {
  const field = useField(name);
  return (
    <div className="choice">
      <input type="checkbox" id={field.id} name={name} value="on" defaultChecked={field.value === "on"} />
      <label htmlFor={field.id}>{label}</label>
    </div>
  );
}
