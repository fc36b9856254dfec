import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { AddPasskey } from "@/app/[locale]/admin/_parts/account/add-passkey";
import { useDeviceWords } from "@/app/[locale]/admin/_parts/account/device-words";
import type { Device } from "@/lib/auth/device";

type Props = { locale: string; action: string; device: Device };

/** Has the first passkey made, where one is required. */
export function FirstPasskey({ locale, action, device }: Props) {
  const t = useTranslations("account.first");
  const words = useDeviceWords();
  return (
    <Message title={t("title")}>
      <p>{t("text")}</p>
      <noscript>
        <p className="notice">{t("script")}</p>
      </noscript>
      <FormMessages locale={locale}>
        <AddPasskey action={action} name={words(device)} />
      </FormMessages>
    </Message>
  );
}
