import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { NotFound } from "@/app/_components/not-found";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { DeadLink } from "@/app/[locale]/(site)/signatures/_parts/dead-link";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { DeadSignInLink } from "@/app/[locale]/admin/sign-in/_parts/sign-in-link";
import { env } from "@/lib/env";
import { HERE, REFUSALS, type Refusal } from "@/lib/http/refusals";
import { localePath } from "@/lib/i18n/locales";

type Props = { refusal: Refusal; locale: string };

/** What stands where a request was refused: why, and what to do. It reads nothing, and is the same for everybody. */
export function Refused({ refusal, locale }: Props) {
  answerWithStatus(REFUSALS[refusal].status);
  if (refusal === "not-found") return <NotFound locale={locale} />;
  if (refusal === "broken-sign-in-link") {
    return (
      <AdminFrame locale={locale}>
        <DeadSignInLink locale={locale} />
      </AdminFrame>
    );
  }
  return (
    <SitePage locale={locale} path={refusal === "broken-link" ? "/signatures" : "/"}>
      {refusal === "broken-link" ? (
        <DeadLink state="unknown" locale={locale} />
      ) : (
        <Words {...{ refusal, locale }} />
      )}
    </SitePage>
  );
}

function Words({ refusal, locale }: Props) {
  const t = useTranslations("site");
  const address = env().publicUrl;
  const values = { address: () => <bdi dir="ltr">{address}</bdi> };
  const isElsewhere = refusal === "other-address" || refusal === "other-site";
  return (
    <Message title={t(`refused.${refusal}.title`)}>
      <p>{t.rich(`refused.${refusal}.text`, values)}</p>
      <p>
        {refusal === "too-large" && (
          <>
            <a href={HERE}>{t("refused.back")}</a>{" "}
          </>
        )}
        {isElsewhere ? (
          <a href={`${address}${HERE}`}>{t.rich("refused.open", values)}</a>
        ) : (
          <a href={localePath(locale, "/")}>{t("notFound.home")}</a>
        )}
      </p>
    </Message>
  );
}
