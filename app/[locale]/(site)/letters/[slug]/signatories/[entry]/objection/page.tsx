import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Country } from "@/app/_components/country-names";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { FormMessages } from "@/app/_components/form-messages";
import { BackToLetter } from "@/app/_components/letter/back-to-letter";
import { noLetter } from "@/app/_components/letter/no-letter";
import { Message } from "@/app/_components/message";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { Form } from "@/app/_forms/form";
import { answerWithStatus, formState } from "@/app/_forms/form-state";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import { readPublicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { letterPage } from "@/lib/letters/cached";
import { decidedObjections, entryOf, type ShownEntry } from "@/lib/objections/queries";
import { DECISION_DAYS } from "@/lib/objections/rules";

type Props = {
  params: Promise<{ locale: string; slug: string; entry: string }>;
  searchParams: Promise<{ sent?: unknown }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "signatories.objection" });
  return { ...pageMetadata({ locale, title: t("title") }), robots: { index: false } };
}

/** Where somebody says that an entry of the list is not theirs, or false. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug, entry } = await params;
  setRequestLocale(locale);
  const letter = await letterPage(slug, locale);
  if (!letter) return noLetter(slug, locale);
  const t = await getTranslations("signatories.objection");
  const path = `/letters/${slug}/signatories/${entry}/objection`;
  const sent = (await searchParams).sent === "1";
  const found = await entryOf(slug, readPublicId(entry));
  if (!found && !sent) answerWithStatus(404);
  const numbers = await decidedObjections(slug);
  return (
    <SitePage
      locale={locale}
      path={path}
      organiser={{ name: letter.organiserName, url: letter.organiserUrl }}
      header={<BackToLetter letter={letter} locale={locale} />}
    >
      {sent ? (
        <Message title={t("sent.title")}>
          <p className="lead">{t("sent.text")}</p>
          <p>{t("sent.next", { days: DECISION_DAYS })}</p>
          <p>
            <a href={localePath(locale, `/letters/${slug}/signatories`)}>{t("list")}</a>
          </p>
        </Message>
      ) : (
        <Message title={t(found ? "title" : "gone.title")}>
          {found ? (
            <>
              <Entry entry={found} locale={locale} />
              <p>{t("intro", { days: DECISION_DAYS })}</p>
              <p>
                {found.kept
                  ? t.rich("ownKept", {
                      ask: (words) => <a href={localePath(locale, "/signatures")}>{words}</a>,
                    })
                  : t("own")}
              </p>
              <FormMessages locale={locale} fields={["email", "comment"]}>
                <Form
                  id="object"
                  className="form"
                  action={localePath(locale, path)}
                  initial={formState("object")}
                >
                  <EmailField label={t("email")} hint={t("emailHint")} />
                  <TextAreaField name="comment" label={t("comment")} hint={t("commentHint")} optional />
                  <button className="button" type="submit">
                    {t("submit")}
                  </button>
                </Form>
              </FormMessages>
              {numbers.decided > 0 && <p className="note">{t("numbers", numbers)}</p>}
            </>
          ) : (
            <>
              <p>{t("gone.text")}</p>
              <p>
                <a href={localePath(locale, `/letters/${slug}/signatories`)}>{t("list")}</a>
              </p>
            </>
          )}
        </Message>
      )}
    </SitePage>
  );
}

function Entry({ entry, locale }: { entry: ShownEntry; locale: string }) {
  const { name, title, position, affiliation, country } = entry;
  const details = [title, position, affiliation].filter(Boolean).join(" · ");
  return (
    <ul className="names">
      <li>
        <bdi className="name">{name}</bdi>
        {details && (
          <span className="name-detail">
            <bdi>{details}</bdi>
          </span>
        )}
        <span className="name-detail">
          <Country code={country} locale={locale} />
        </span>
      </li>
    </ul>
  );
}
