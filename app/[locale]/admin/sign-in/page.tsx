import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { TextField } from "@/app/_components/fields/text-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { Next } from "@/app/[locale]/admin/_parts/account/next";
import { readNext } from "@/app/[locale]/admin/_parts/account/next-page";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { UnsavedText } from "@/app/[locale]/admin/letters/_parts/unsaved-text";
import { LINK_MINUTES } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";

type Props = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ first?: string; failed?: string; next?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.signIn" }))("title") };
}

/** Asks for the address to send a sign-in link to. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("admin.signIn");
  const { first, failed, next } = await searchParams;
  return (
    <AdminFrame locale={locale}>
      <UnsavedText locale={locale} />
      <Message title={t("title")}>
        {first && <p className="notice">{t("first")}</p>}
        {failed && <p className="notice">{t("failed")}</p>}
        <p>{t("intro", { minutes: LINK_MINUTES })}</p>
        <FormMessages locale={locale}>
          <Form
            id="sign-in"
            className="form"
            action={localePath(locale, "/admin/sign-in")}
            initial={formState("sign-in")}
          >
            <Next next={readNext(next ?? formState("sign-in")?.values.next)} />
            <TextField
              name="email"
              label={t("email")}
              type="email"
              inputMode="email"
              autoComplete="email"
              dir="ltr"
              width="medium"
              spellCheck={false}
            />
            <button className="button" type="submit">
              {t("submit")}
            </button>
          </Form>
        </FormMessages>
      </Message>
    </AdminFrame>
  );
}
