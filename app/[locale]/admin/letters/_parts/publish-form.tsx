import { useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { Difference } from "@/app/_components/letter/difference";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import { When } from "@/app/[locale]/admin/_parts/when";
import { ConcernedSignatories } from "@/app/[locale]/admin/letters/_parts/concerned-signatories";
import { languageName } from "@/app/[locale]/admin/letters/_parts/language-name";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { UnshownParts } from "@/app/[locale]/admin/letters/_parts/unshown-parts";
import { CONFIRMED_MINUTES, type SessionMfa } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";
import { lastDay, zoneName } from "@/lib/i18n/site-time";
import type { OrganiserLetter, Unpublished } from "@/lib/letters/organiser-queries";
import { writeTime } from "@/lib/letters/schemas";
import { ANSWER_DAYS } from "@/lib/signatures/confirm-again/rules";
import type { Needed } from "@/lib/site/rules";

type Props = {
  action: string;
  letter: OrganiserLetter;
  changes: Unpublished;
  /** The number of the newest version; 0 before the first. */
  newest: number;
  /** When the administrator proved who they are, and whether that is fresh enough for emails to many. */
  mfa: SessionMfa;
  confirmed: boolean;
  /** The site's time zone. */
  zone: string;
  locale: string;
  /** What the site does not say yet and must, before a letter opens. */
  needs: Needed[];
};

/** What is written and not published yet: what it lacks, what it changes, and the form that publishes it. */
export function PublishForm(props: Props) {
  const { action, letter, changes, newest, mfa, confirmed, zone, locale, needs } = props;
  const t = useTranslations("letters");
  const { missing, changed, measure, concerned, answerBy } = changes;
  const emails = concerned !== null && concerned.told + concerned.asked > 0;
  const { status, opensAt } = letter;
  const unread = status === "draft" || status === "scheduled";
  const kind = newest === 0 ? "First" : unread ? "Again" : "Next";
  if (changed.length === 0 && kind === "Next") return <p>{t("versions.nothing")}</p>;
  return (
    <section aria-labelledby="publish">
      <h2 id="publish">{t(newest === 0 ? "versions.first" : "versions.next")}</h2>
      {status === "scheduled" && opensAt && (
        <p>{t.rich("versions.scheduled", { time: () => <When at={opensAt} /> })}</p>
      )}
      {missing.length > 0 && <Missing missing={missing} letter={letter} locale={locale} />}
      {unread && needs.length > 0 && <Needs needs={needs} locale={locale} />}
      {missing.length === 0 && !(unread && needs.length > 0) && (
        <>
          {kind === "Next" && measure && (
            <p className="notice">
              {t(`size.${measure.size}`, {
                words: measure.wordsChanged,
                all: measure.wordsBefore,
                because: measure.because ?? "words",
              })}
            </p>
          )}
          {changes.unshown.length > 0 && (
            <Unshown unshown={changes.unshown} letter={letter} locale={locale} />
          )}
          {kind === "Next" && <Changes changed={changed} locale={locale} />}
          {kind === "Next" && concerned && <ConcernedSignatories concerned={concerned} />}
          {emails && !confirmed ? (
            <ConfirmFirst
              locale={locale}
              next="letters"
              mfa={mfa}
              why={t("versions.proofFirst", { minutes: CONFIRMED_MINUTES })}
            />
          ) : (
            <Form
              id="publish-version"
              className="form"
              action={action}
              initial={formState("publish-version")}
            >
              <input type="hidden" name="drafts" value={changes.drafts} />
              {unread && (
                <>
                  {newest === 0 && <p>{t("versions.firstText")}</p>}
                  <TextField
                    name="opensAt"
                    label={t("versions.opensAt")}
                    hint={t("versions.opensAtHint", { zone: zoneName(zone, locale) })}
                    type="datetime-local"
                    width="medium"
                    dir="ltr"
                    optional
                    defaultValue={writeTime(opensAt, zone)}
                  />
                </>
              )}
              {kind === "Next" && (
                <TextAreaField
                  name="reason"
                  label={t("versions.reason")}
                  hint={t("versions.reasonHint")}
                  rows={2}
                />
              )}
              {kind === "Next" && concerned?.needsDate && (
                <TextField
                  name="answerBy"
                  label={t("versions.answerBy")}
                  hint={t("versions.answerByHint", { least: ANSWER_DAYS.least, most: ANSWER_DAYS.most })}
                  type="date"
                  width="medium"
                  dir="ltr"
                  defaultValue={lastDay(zone, answerBy)}
                />
              )}
              <button className="button" type="submit">
                {t(`versions.submit${kind}`, { number: newest + 1 })}
              </button>
            </Form>
          )}
        </>
      )}
    </section>
  );
}

function Needs({ needs, locale }: { needs: Needed[]; locale: string }) {
  const t = useTranslations("letters.versions");
  return (
    <>
      <p>{t("siteMissing")}</p>
      <ul className="letter-missing">
        {needs.map((needed) => (
          <li key={needed}>
            <a href={localePath(locale, `/admin/site#basics-${needed}`)}>{t(`needs.${needed}`)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Missing({
  missing,
  letter,
  locale,
}: {
  missing: Unpublished["missing"];
  letter: OrganiserLetter;
  locale: string;
}) {
  const t = useTranslations("letters");
  return (
    <>
      <p>{t("versions.missing")}</p>
      <ul className="letter-missing">
        {missing.map(({ locale: of, part }) => (
          <li key={`${of} ${part}`}>
            <a href={`${organiserPath(locale, letter.slug, "text")}?language=${of}#text-${part}`}>
              {t("versions.missingPart", { part: t(`parts.${part}`), language: languageName(of, locale) })}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Readers would not get it: said, but nothing that keeps a letter from being published. */
function Unshown({
  unshown,
  letter,
  locale,
}: {
  unshown: Unpublished["unshown"];
  letter: OrganiserLetter;
  locale: string;
}) {
  const t = useTranslations("letters.versions");
  return (
    <div className="notice">
      <p>{t("unshown")}</p>
      {unshown.map(({ locale: of, parts }) => (
        <UnshownParts key={of} unshown={parts} />
      ))}
      <p>
        <a href={`${organiserPath(locale, letter.slug, "text")}?language=${unshown[0]?.locale}`}>
          {t("unshownLink")}
        </a>
      </p>
    </div>
  );
}

function Changes({ changed, locale }: { changed: Unpublished["changed"]; locale: string }) {
  const t = useTranslations("letters.versions");
  return changed.map(({ locale: of, blocks }) => {
    const language = languageName(of, locale);
    const isNew = blocks.every(({ parts }) => parts.every(({ kind }) => kind === "added"));
    return (
      <section key={of} aria-label={t(isNew ? "newLanguage" : "difference", { language })}>
        <h3>{t(isNew ? "newLanguage" : "difference", { language })}</h3>
        {!isNew && <Difference blocks={blocks} language={of} locale={locale} />}
      </section>
    );
  });
}
