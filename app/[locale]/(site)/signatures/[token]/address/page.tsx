import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { Form } from "@/app/_forms/form";
import { answerWithStatus, formState } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";
import { type BehindMoveLink, behindMoveLink } from "@/lib/signatures/move/behind-link";

type Props = { params: Promise<{ locale: string; token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "own.move.confirm" });
  return pageMetadata({ locale, title: t("open.title") });
}

/** What the two mailboxes of a move are asked. It shows; the buttons confirm or stop. */
export default async function Page({ params }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("own.move.confirm");
  const path = `/signatures/${token}/address`;
  const behind = await behindMoveLink(token, locale, new Date());
  if (behind.state === "over") answerWithStatus(404);
  return (
    <SitePage locale={locale} path={path}>
      <Message title={t(`${behind.state}.title`)}>
        <Words behind={behind} />
        <FormMessages locale={locale} fields={[]}>
          {BUTTONS[behind.state].map((name) => (
            <Form
              key={name}
              id={name}
              className="form"
              action={localePath(locale, path)}
              initial={formState(name)}
            >
              <button className="button" data-quiet={name === "stop" ? "" : undefined} type="submit">
                {t(`${behind.state}.${name}`)}
              </button>
            </Form>
          ))}
        </FormMessages>
        {behind.state === "open" && <p className="note">{t("notYou")}</p>}
      </Message>
    </SitePage>
  );
}

const BUTTONS = {
  open: ["move"],
  asked: ["move", "stop"],
  agreed: ["stop"],
  both: ["stop"],
  waits: [],
  decides: [],
  over: [],
} as const satisfies Record<BehindMoveLink["state"], readonly string[]>;

function Words({ behind }: { behind: BehindMoveLink }) {
  const t = useTranslations("own.move.confirm");
  if (!("title" in behind)) return <p>{t(`${behind.state}.text`)}</p>;
  const parts = {
    letter: () => <bdi>{behind.title}</bdi>,
    address: () => <bdi dir="ltr">{"to" in behind && behind.to}</bdi>,
  };
  return (
    <>
      <p className="lead">{t.rich(`${behind.state}.text`, parts)}</p>
      {behind.state === "asked" && <p>{t("asked.wait")}</p>}
      {behind.state === "open" && behind.decided && <p>{t("decided")}</p>}
    </>
  );
}
