import type { ReactNode } from "react";
import { formState } from "@/app/_forms/form-state";
import { FormOfMany } from "@/app/[locale]/admin/site/_parts/form-of-many";

type Props = {
  id: string;
  action: string;
  title: string;
  hint?: string;
  submit: string;
  children?: ReactNode;
};

/** One thing that can be set, with its own button. */
export function SettingsForm({ id, action, title, hint, submit, children }: Props) {
  return (
    <section className="letter-setting" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{title}</h2>
      {hint && <p className="note">{hint}</p>}
      <FormOfMany id={id} className="form" action={action} initial={formState(id)}>
        {children}
        <button className="button" data-quiet type="submit">
          {submit}
        </button>
      </FormOfMany>
    </section>
  );
}
