import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { answerWithStatus } from "@/app/_forms/form-state";
import { AdminFrame, type FrameAdmin } from "@/app/[locale]/admin/_parts/frame";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { wholeView } from "@/lib/moderation/filters/rules";

/** Stands where a signature is not, or no longer, to be seen; with status 404. */
export function GoneSignature({ locale, admin }: { locale: string; admin: FrameAdmin }) {
  answerWithStatus(404);
  const t = useTranslations("admin.gone");
  return (
    <AdminFrame locale={locale} admin={admin}>
      <Message title={t("title")}>
        <p>{t("text")}</p>
        <p>
          <a href={listPath(locale, null, wholeView("VERIFIED"))}>{t("queue")}</a>
        </p>
      </Message>
    </AdminFrame>
  );
}
