"use client";

import { Form, type FormProps } from "@/app/_forms/form";
import type { FormValues } from "@/lib/http/request-context";
import { parseSignature } from "@/lib/signatures/schemas";

type Props = Omit<FormProps, "check"> & { as: "organisation" | "individual" };

/** A signing form that applies the server's own rules before it is sent. */
export function CheckedForm({ as, ...form }: Props) {
  const check = (values: FormValues) => {
    const parsed = parseSignature(as === "organisation" ? "ORGANISATION" : "INDIVIDUAL", values);
    return parsed.ok ? {} : parsed.errors;
  };
  return <Form check={check} {...form} />;
}
