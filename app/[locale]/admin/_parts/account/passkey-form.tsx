"use client";

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { ErrorSummary } from "@/app/_forms/error-summary";
import { FormContext } from "@/app/_forms/use-field";
import { type Ceremony, runCeremony, STEPS } from "@/app/[locale]/admin/_parts/account/run-ceremony";
import type { FormState } from "@/lib/http/request-context";

type Props = {
  ceremony: Ceremony;
  /** The page's own address. */
  action: string;
  initial?: FormState;
  /** The fields, and the button that begins. */
  children: ReactNode;
  /** Stands beside the button while the browser's dialogue is open. */
  waiting: ReactNode;
};

/** A form that has a passkey made or proved. It needs the page's script; without, its server says so. */
export function PasskeyForm({ ceremony, action, initial, children, waiting }: Props) {
  const id = STEPS[ceremony].begin;
  const [state, setState] = useState<FormState>(initial ?? { id, values: {}, errors: {} });
  const [busy, setBusy] = useState(false);
  const summary = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (Object.keys(state.errors).length > 0) summary.current?.focus();
  }, [state]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const data = [...new FormData(event.currentTarget)];
    const values = Object.fromEntries(data.map(([name, value]) => [name, String(value)]));
    setBusy(true);
    const { redirect, errors = {} } = await runCeremony(ceremony, action, values);
    if (redirect) return window.location.assign(redirect);
    setBusy(false);
    setState({ id, values, errors });
  }

  return (
    <FormContext value={state}>
      <form
        id={id}
        method="post"
        action={action}
        onSubmit={submit}
        noValidate
        aria-busy={busy}
        className="form"
      >
        <ErrorSummary ref={summary} form={id} errors={state.errors} />
        <input type="hidden" name="form" value={id} />
        {children}
        <p role="status" className="note">
          {busy && waiting}
        </p>
      </form>
    </FormContext>
  );
}
