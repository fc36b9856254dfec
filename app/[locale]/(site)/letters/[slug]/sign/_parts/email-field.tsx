"use client";

import { useTranslations } from "next-intl";
import { useContext } from "react";
import { TextField } from "@/app/_components/fields/text-field";
import { FormContext, useField } from "@/app/_forms/use-field";

/**
 * The address that the link is sent to. Where it looks like a slip, one press says which is meant and sends the form. An
 * answer holds for as long as the address stays.
 */
export function EmailField(props: { label: string; hint?: string }) {
  const t = useTranslations("site.form");
  const { codes, value } = useField("email");
  const { emailMeant, emailAnswered } = useContext(FormContext).values;
  const answered = emailMeant ?? emailAnswered;
  const meant = codes.find((code) => code.startsWith("meant:"))?.slice("meant:".length);
  return (
    <>
      {/* A form’s first button is the one for the Enter key, and that must answer nothing. */}
      {meant && <button className="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true" />}
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
      {answered && <input type="hidden" name="emailAnswered" value={answered} />}
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
              onClick={({ currentTarget: { form } }) => {
                const typed = form?.elements.namedItem("email");
                if (!(typed instanceof HTMLInputElement) || typed.value !== value) return;
                typed.value = address;
                typed.dispatchEvent(new Event("input", { bubbles: true }));
              }}
            >
              {t("meant", { address })}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
