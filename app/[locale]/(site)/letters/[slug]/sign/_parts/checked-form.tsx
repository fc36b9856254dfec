"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Form, type FormProps } from "@/app/_forms/form";
import { useKeptValues } from "@/app/_forms/kept-values";
import { beginProofOfWork } from "@/app/_forms/make-proof-of-work";
import { sendWithProofOfWork } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/send-with-proof-of-work";
import { keepSent, mayStay, typedName } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/sent-values";
import { useRules } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/use-rules";
import type { SigningRules } from "@/lib/letters/settings/rules";

type Props = Omit<FormProps, "check" | "send"> & {
  as: "organisation" | "individual";
  slug: string;
  /** What the letter asks for. */
  rules: SigningRules;
  /** Whether a signature needs a proof of work at present. */
  proofOfWorkWanted: boolean;
};

/** A signing form that applies the server's own rules before it is sent, and proves some work where that is wanted. */
export function CheckedForm({ as, slug, rules, proofOfWorkWanted, children, ...form }: Props) {
  const t = useTranslations("site.form");
  const [working, setWorking] = useState(false);
  useKeptValues(form.id, typedName(slug), mayStay);
  const check = useRules(({ parseSignature }, values) =>
    parseSignature(as === "organisation" ? "ORGANISATION" : "INDIVIDUAL", values, rules),
  );
  useEffect(() => {
    // While somebody types there is time enough; somebody who only looks costs nobody anything. Where none is
    // wanted, a proof still opens the reserve of a mailbox whose mails strangers have spent.
    const element = document.getElementById(form.id);
    element?.addEventListener("input", beginProofOfWork, { once: true });
    return () => element?.removeEventListener("input", beginProofOfWork);
  }, [form.id]);
  return (
    <Form
      check={check}
      send={async (action, data) => {
        const errors = await sendWithProofOfWork(action, data, proofOfWorkWanted, setWorking);
        if (!errors) keepSent(slug, as, String(data.get("email")));
        return errors;
      }}
      {...form}
    >
      {children}
      <p className="note form-status" role="status">
        {working && t("working")}
      </p>
    </Form>
  );
}
