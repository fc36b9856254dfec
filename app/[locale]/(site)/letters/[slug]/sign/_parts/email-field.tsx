"use client";

import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { useField } from "@/app/_forms/use-field";

/** The address that the link is sent to. Where it looks like a slip, one press says which is meant and sends the form. */
export function EmailField(props: { label: string; hint?: string }) {
  const t = useTranslations("site.form");
  const { codes, value } = useField("email");
  const meant = codes.find((code) => code.startsWith("meant:"))?.slice("meant:".length);
  return (
    <>
      <TextField
        name="email"
        {...props}
        type="email"
        inputMode="email"
        autoComplete="email"
        dir="ltr"
        spellCheck={false}
        width="medium"
      />
      {meant && (
        <div className="button-row">
          {[meant, value].map((address) => (
            <button
              key={address}
              className="button"
              data-quiet
              type="submit"
              name="emailMeant"
              value={address}
            >
              {t("meant", { address })}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
