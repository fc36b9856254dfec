import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { FormContext } from "@/app/_forms/use-field";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import errors from "@/messages/en/errors.json";
import site from "@/messages/en/site.json";

const shown = (values: Record<string, string>, asked: Record<string, string[]> = {}) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ errors, site }}>
      <FormContext value={{ id: "sign", values, errors: asked }}>
        <EmailField label="Email" />
      </FormContext>
    </NextIntlClientProvider>,
  );

it("keeps the newest answer about an address that looks like a slip, and none where nobody was asked", () => {
  const email = "ada@gmail.com";
  expect(shown({ email })).not.toContain("emailAnswered");
  const answered: Record<string, string>[] = [
    { emailAnswered: email },
    { emailMeant: email, emailAnswered: "ada@gmial.com" },
  ];
  for (const values of answered)
    expect(shown({ email, ...values })).toContain(`name="emailAnswered" value="${email}"`);
});

it("leaves the Enter key, which presses a form’s first button, to a button that answers nothing", () => {
  const buttons = shown({ email: "ada@gmial.com" }, { email: ["meant:ada@gmail.com"] }).match(
    /<button[^>]*>/g,
  );
  expect(buttons?.map((button) => button.includes("emailMeant"))).toEqual([false, true, true]);
});
