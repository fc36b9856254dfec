"use client";

import { Form, type FormProps } from "@/app/_forms/form";
import type { FormValues } from "@/lib/http/request-context";
import type { SigningRules } from "@/lib/letters/settings/rules";
import { parseEntry } from "@/lib/signatures/schemas";

type Props = Omit<FormProps, "check" | "send"> & { organisation: boolean; rules: SigningRules };

/** The form of an entry, which applies the server's own rules before it is sent. */
export function EditForm({ organisation, rules, ...form }: Props) {
  const check = (values: FormValues) => {
    const parsed = parseEntry(organisation ? "ORGANISATION" : "INDIVIDUAL", values, rules);
    return parsed.ok ? {} : parsed.errors;
  };
  return <Form check={check} {...form} />;
}
