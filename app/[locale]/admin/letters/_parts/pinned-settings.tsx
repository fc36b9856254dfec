import { useTranslations } from "next-intl";
import { Country } from "@/app/_components/country-names";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { publicId } from "@/lib/http/public-ids";
import type { FoundPins, LetterSettings } from "@/lib/letters/settings/queries";
import { SETTING_LIMITS } from "@/lib/letters/settings/rules";

type Props = {
  pinned: LetterSettings["pinned"];
  /** What was looked for, and who that can be; null where nothing was. */
  found: FoundPins | null;
  action: string;
  locale: string;
};

/** Whom a letter's page names first, in which order; and the search for one more. */
export function PinnedSettings({ pinned, found, action, locale }: Props) {
  const t = useTranslations("letters.settings");
  return (
    <section className="letter-setting" aria-labelledby="pinned-heading" id="pinned">
      <h2 id="pinned-heading">{t("pinned")}</h2>
      <p className="note">{t("pinnedHint", { most: SETTING_LIMITS.pinned })}</p>
      {pinned.length > 0 && (
        <ol className="letter-rows">
          {pinned.map(({ signatureId, name }, place) => (
            <li key={publicId(signatureId)}>
              {name ? <bdi>{name}</bdi> : <span className="quiet">{t("pinnedHidden")}</span>}{" "}
              {place > 0 && (
                <Act form="raise" id={signatureId} action={action} words={t("raise")} name={name ?? ""} />
              )}
              <Act form="unpin" id={signatureId} action={action} words={t("remove")} name={name ?? ""} />
            </li>
          ))}
        </ol>
      )}
      {pinned.length < SETTING_LIMITS.pinned && (
        <search>
          <form method="get" action={`${action}#pinned`} className="form">
            <div className="field">
              <label htmlFor="find">{t("find")}</label>
              <p className="hint" id="find-hint">
                {t("findHint")}
              </p>
              <input
                className="input"
                data-width="medium"
                id="find"
                name="find"
                type="search"
                dir="auto"
                maxLength={100}
                aria-describedby="find-hint"
                defaultValue={found?.typed}
              />
            </div>
            <button className="button" data-quiet="" type="submit">
              {t("findSubmit")}
            </button>
          </form>
        </search>
      )}
      {found && (
        <>
          <p role="status">{t("found", { count: found.entries.length })}</p>
          <ul className="letter-rows">
            {found.entries.map(({ signatureId, name, country }) => (
              <li key={publicId(signatureId)}>
                <bdi>{name}</bdi>{" "}
                <span className="quiet">
                  <Country code={country} locale={locale} />
                </span>{" "}
                <Act form="pin" id={signatureId} action={action} words={t("pin")} name={name} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

type ActProps = { form: string; id: string; action: string; words: string; name: string };

function Act({ form, id, action, words, name }: ActProps) {
  const posted = `${form}.${publicId(id)}`;
  return (
    <Form id={posted} className="letter-row-act" action={action} initial={formState(posted)}>
      <button className="admin-link" type="submit" aria-label={name ? `${words}: ${name}` : words}>
        {words}
      </button>
    </Form>
  );
}
