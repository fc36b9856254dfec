import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { LINK_MINUTES } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";

export function SignInButton({ locale, token }: { locale: string; token: string }) {
  const t = useTranslations("admin.link");
  const action = localePath(locale, `/admin/sign-in/${token}`);
  return (
    <Message title={t("title")}>
      <p>{t("text")}</p>
      <FormMessages locale={locale}>
        <Form id="use-link" action={action} initial={formState("use-link")}>
          <button className="button" type="submit">
            {t("submit")}
          </button>
        </Form>
      </FormMessages>
    </Message>
  );
}

/** A link that was used, has expired, or never was. */
export function DeadSignInLink({ locale }: { locale: string }) {
  const t = useTranslations("admin.link");
  return (
    <Message title={t("deadTitle")}>
      <p>{t("deadText", { minutes: LINK_MINUTES })}</p>
      <p>
        <a href={localePath(locale, "/admin/sign-in")}>{t("again")}</a>
      </p>
    </Message>
  );
}

/** For somebody who is signed in and opens a link that has done its work. */
export function SignedIn({ locale, address }: { locale: string; address: string }) {
  const t = useTranslations("admin.link");
  return (
    <Message title={t("title")}>
      <p>{t.rich("already", { address: () => <bdi dir="ltr">{address}</bdi> })}</p>
      <p>
        <a href={localePath(locale, "/admin")}>{t("goOn")}</a>
      </p>
    </Message>
  );
}
