import { useTranslations } from "next-intl";
import { Country } from "@/app/_components/country-names";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { Ago } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { ObjectedEntry } from "@/lib/objections/queries";

type Props = { entries: ObjectedEntry[]; locale: string; decides: boolean; now: Date };

/** The entries that somebody objects to, those first that are hidden meanwhile. */
export function ObjectionList({ entries, locale, decides, now }: Props) {
  const t = useTranslations("data.objections");
  if (entries.length === 0) return <p>{t("none")}</p>;
  return (
    <ul className="rows">
      {entries.map((entry) => (
        <li key={publicId(entry.signatureId)}>
          <Objected entry={entry} locale={locale} now={now} />
          {decides && <Decide id={entry.id} locale={locale} />}
        </li>
      ))}
    </ul>
  );
}

function Objected({ entry, locale, now }: { entry: ObjectedEntry } & Pick<Props, "locale" | "now">) {
  const t = useTranslations("data.objections");
  const {
    signatureId,
    slug,
    title,
    textLocale,
    name,
    country,
    own,
    listed,
    count,
    written,
    confirmedAt,
    dueAt,
  } = entry;
  const others = count - written.length;
  return (
    <>
      <h2>
        <a href={signaturePath(locale, signatureId, slug)}>
          <bdi>{name ?? t("unnamed")}</bdi>
        </a>
      </h2>
      <p className="note">
        <Country code={country} locale={locale} /> ·{" "}
        <span {...letterLanguage(textLocale, locale)}>{title}</span>
      </p>
      <p>
        {t(own ? "own" : listed ? "shown" : "notShown")}{" "}
        {t.rich("since", { time: () => <Ago at={confirmedAt} /> })}{" "}
        <strong>{dueAt < now ? t("late") : t.rich("due", { time: () => <Ago at={dueAt} /> })}</strong>
      </p>
      {written.map(({ id, email, comment }) => (
        <div key={publicId(id)}>
          <p>{t.rich(comment ? "by" : "byAlone", { email: () => <bdi dir="ltr">{email}</bdi> })}</p>
          {comment && (
            <blockquote className="quoted">
              <p dir="auto">{comment}</p>
            </blockquote>
          )}
        </div>
      ))}
      {others > 0 && <p className="note">{t("others", { count: others })}</p>}
    </>
  );
}

function Decide({ id, locale }: { id: string; locale: string }) {
  const t = useTranslations("data.objections");
  const action = localePath(locale, "/admin/objections");
  const [keep, remove] = [`keep.${publicId(id)}`, `remove.${publicId(id)}`];
  const sent = formState(remove);
  return (
    <div className="admin-buttons">
      <Form id={keep} action={action} initial={formState(keep)}>
        <button className="button" data-quiet type="submit">
          {t("keep")}
        </button>
      </Form>
      <details open={Boolean(sent)}>
        <summary>{t("remove")}</summary>
        <Form id={remove} action={action} initial={sent} className="form">
          <TextAreaField name="reason" label={t("reason")} hint={t("reasonHint")} />
          <button className="button" type="submit">
            {t("removeSubmit")}
          </button>
        </Form>
      </details>
    </div>
  );
}
