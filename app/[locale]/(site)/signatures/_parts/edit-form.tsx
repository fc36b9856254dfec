"use client";

import { Form, type FormProps } from "@/app/_forms/form";
import { useRules } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/use-rules";
import type { SigningRules } from "@/lib/letters/settings/rules";

type Props = Omit<FormProps, "check" | "send"> & { organisation: boolean; rules: SigningRules };

/** The form of an entry, which applies the server's own rules before it is sent. */
export function EditForm({ organisation, rules, ...form }: Props) {
  const check = useRules(({ parseEntry }, values) =>
    parseEntry(organisation ? "ORGANISATION" : "INDIVIDUAL", values, rules),
  );
  return <Form check={check} {...form} />;
}
