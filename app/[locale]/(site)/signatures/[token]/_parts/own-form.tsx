import type { ReactNode } from "react";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = {
  signature: OwnSignature;
  path: string;
  locale: string;
  /** Which of the page's forms; its id says which signature it is about. */
  name: string;
  title: string;
  children: ReactNode;
};

/** A form about one of one's own signatures, under its heading. */
export function OwnForm({ signature, path, locale, name, title, children }: Props) {
  const form = formOf(name, signature);
  return (
    <section aria-labelledby={`${form}-title`}>
      <h3 className="group-title" id={`${form}-title`}>
        {title}
      </h3>
      <FormMessages locale={locale} fields={[]}>
        <Form id={form} className="form" action={localePath(locale, path)} initial={formState(form)}>
          {children}
        </Form>
      </FormMessages>
    </section>
  );
}

export const formOf = (name: string, { id }: OwnSignature) => `${name}.${publicId(id)}`;
