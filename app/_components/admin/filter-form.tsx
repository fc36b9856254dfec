"use client";

import type { ReactNode } from "react";
import { FormContext } from "@/app/_forms/use-field";
import type { FormState } from "@/lib/http/request-context";

type Props = { action: string; state: FormState; children: ReactNode };

/** A form that only reads: its result is an address. Its fields are the same as those of forms that are posted. */
export function FilterForm({ action, state, children }: Props) {
  return (
    <FormContext value={state}>
      <form id={state.id} method="get" action={action} noValidate className="form">
        {children}
      </form>
    </FormContext>
  );
}
