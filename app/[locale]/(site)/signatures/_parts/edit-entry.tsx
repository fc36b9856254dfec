import { useTranslations } from "next-intl";
import { useCountryNames } from "@/app/_components/country-names";
import { FormMessages } from "@/app/_components/form-messages";
import { signPath } from "@/app/_components/letter/sign-actions";
import { formState } from "@/app/_forms/form-state";
import { Choices } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/choices";
import { IndividualFields } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/individual-fields";
import { OrganisationFields } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/organisation-fields";
import { EditForm } from "@/app/[locale]/(site)/signatures/_parts/edit-form";
import { entryValues } from "@/app/[locale]/(site)/signatures/_parts/entry-values";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import type { WaitingEntry } from "@/lib/signatures/queries";
import { FIELDS } from "@/lib/signatures/schemas";

type Props = { entry: WaitingEntry; letter: LetterPage; path: string; locale: string };

/** The form of signing once more, filled in with an entry that waits; its address is the mailbox's. */
export function EditEntry({ entry, letter, path, locale }: Props) {
  const t = useTranslations("confirming.edit");
  const id = publicId(entry.id);
  const form = `edit.${id}`;
  const organisation = entry.kind === "ORGANISATION";
  const as = organisation ? "organisation" : "individual";
  const page = localePath(locale, path);
  const again = formState(form);
  const countries = useCountryNames(locale).choice(organisation);
  const mailbox = (
    <p>
      {t.rich("mailbox", {
        email: () => <strong dir="ltr">{entry.email}</strong>,
        again: (words) => <a href={localePath(locale, signPath(letter.slug, as))}>{words}</a>,
      })}
    </p>
  );
  return (
    <div className="sheet">
      <div className="page-head form-head">
        <h1 className="page-title">{t("title")}</h1>
        <p className="lead">{t("text")}</p>
      </div>
      <FormMessages locale={locale} fields={FIELDS[entry.kind]}>
        <EditForm
          id={form}
          className="form"
          organisation={organisation}
          rules={letter.signing}
          action={`${page}?edit=${id}`}
          initial={again ?? { id: form, values: entryValues(entry), errors: {} }}
        >
          <input type="hidden" name="revision" value={again?.values.revision ?? entry.revision} />
          {organisation ? (
            <OrganisationFields countries={countries} rules={letter.signing} mailbox={mailbox} />
          ) : (
            <IndividualFields
              countries={countries}
              rules={letter.signing}
              words={letter.words}
              locale={locale}
              mailbox={mailbox}
            />
          )}
          <Choices as={as} discreet={entry.discreet} />
          <div className="button-row">
            <button className="button" type="submit">
              {t("submit")}
            </button>
            <a className="button" data-quiet="" href={page}>
              {t("back")}
            </a>
          </div>
        </EditForm>
      </FormMessages>
    </div>
  );
}
