import { useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { Difference } from "@/app/_components/letter/difference";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import { languageName } from "@/app/[locale]/admin/letters/_parts/language-name";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { localePath } from "@/lib/i18n/locales";
import type { OrganiserLetter, Unpublished } from "@/lib/letters/organiser-queries";
import { writeTime } from "@/lib/letters/schemas";
import type { Needed } from "@/lib/site/rules";

type Props = {
  action: string;
  letter: OrganiserLetter;
  changes: Unpublished;
  /** The number of the newest version; 0 before the first. */
  newest: number;
  locale: string;
  /** What the site does not say yet and must, before a letter opens. */
  needs: Needed[];
};

/** What is written and not published yet: what it lacks, what it changes, and the form that publishes it. */
export function PublishForm({ action, letter, changes, newest, locale, needs }: Props) {
  const t = useTranslations("letters");
  const { missing, changed, measure } = changes;
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
              {t(`size.${measure.size}`, { words: measure.wordsChanged, all: measure.wordsBefore })}
            </p>
          )}
          {kind === "Next" && <Changes changed={changed} locale={locale} />}
          <Form id="publish-version" className="form" action={action} initial={formState("publish-version")}>
            <input type="hidden" name="drafts" value={changes.drafts} />
            {unread && (
              <>
                {newest === 0 && <p>{t("versions.firstText")}</p>}
                <TextField
                  name="opensAt"
                  label={t("versions.opensAt")}
                  hint={t("versions.opensAtHint")}
                  type="datetime-local"
                  width="medium"
                  dir="ltr"
                  optional
                  defaultValue={writeTime(opensAt)}
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
            <button className="button" type="submit">
              {t(`versions.submit${kind}`, { number: newest + 1 })}
            </button>
          </Form>
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
