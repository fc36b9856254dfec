"use client";

import type { ReactNode } from "react";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";

type Props = { name: string; label: ReactNode; hint?: ReactNode; optional?: boolean; accept: string };

/** A file, in the form around it, which must be sent as `multipart/form-data`. */
export function FileField({ name, label, hint, optional, accept }: Props) {
  const field = useField(name);
  return (
    <FieldFrame field={field} label={label} hint={hint} optional={optional}>
      <input
        className="input"
        data-width="long"
        type="file"
        accept={accept}
        {...controlAttributes(field, Boolean(hint), optional)}
      />
    </FieldFrame>
  );
}
