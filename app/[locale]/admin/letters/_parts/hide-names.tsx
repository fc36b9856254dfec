import { useFormatter, useTranslations } from "next-intl";
import { Country, useCountryNames } from "@/app/_components/country-names";
import { SelectField } from "@/app/_components/fields/select-field";
import { formState } from "@/app/_forms/form-state";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import { FormOfMany } from "@/app/[locale]/admin/_parts/settings/form-of-many";
import { When } from "@/app/[locale]/admin/_parts/when";
import { CONFIRMED_MINUTES, type SessionMfa } from "@/lib/auth/rules";
import { publicId } from "@/lib/http/public-ids";
import type { Hiding } from "@/lib/signatories/hiding/queries";
import { ALL_NAMES } from "@/lib/signatories/hiding/schemas";

type Props = { hidings: Hiding[]; action: string; locale: string; mfa: SessionMfa } & Showing;
type Showing = {
  /** Whether they may show names again at all, and whether they have just confirmed that it is them. */
  shows: boolean;
  confirmed: boolean;
};

/** Hides the names of individuals at once, all or those of one country, and shows them again. */
export function HideNames({ hidings, action, locale, mfa, shows, confirmed }: Props) {
  const t = useTranslations("letters.settings");
  const named = useCountryNames(locale)
    .options()
    .map(({ code, name }) => ({ value: code, label: name }));
  return (
    <section className="letter-setting" aria-labelledby="hide-names-heading">
      <h2 id="hide-names-heading">{t("hideNames")}</h2>
      <p className="note">{t("hideNamesHint")}</p>
      {hidings.length > 0 && (
        <>
          {!shows && <p className="note">{t("showNamesOwners")}</p>}
          {shows && !confirmed && (
            <ConfirmFirst
              locale={locale}
              next="letters"
              mfa={mfa}
              why={t("showNamesFirst", { minutes: CONFIRMED_MINUTES })}
            />
          )}
          <ul className="rows">
            {hidings.map((hiding) => (
              <Hidden
                key={publicId(hiding.id)}
                {...{ hiding, action, locale }}
                offered={shows && confirmed}
              />
            ))}
          </ul>
        </>
      )}
      <FormOfMany id="hide-names" className="form" action={action} initial={formState("hide-names")}>
        <SelectField
          name="whose"
          label={t("whose")}
          options={[{ value: ALL_NAMES, label: t("whoseAll") }, ...named]}
          prompt={t("whosePrompt")}
        />
        <button className="button" data-quiet type="submit">
          {t("hideNamesSubmit")}
        </button>
      </FormOfMany>
    </section>
  );
}

type HiddenProps = { hiding: Hiding; offered: boolean } & Pick<Props, "action" | "locale">;

function Hidden({ hiding, action, locale, offered }: HiddenProps) {
  const t = useTranslations("letters.settings");
  const format = useFormatter();
  const { id, country, since, ending, left, total } = hiding;
  const form = `show-names.${publicId(id)}`;
  const done = format.number(Math.max(total - left, 0));
  return (
    <li>
      <p>
        <strong>{country ? <Country code={country} locale={locale} /> : t("whoseAll")}</strong>{" "}
        {!ending && (
          <span className="note">{t.rich("hiddenSince", { time: () => <When at={since} /> })}</span>
        )}
      </p>
      {ending && <p role="status">{t("showingProgress", { done, total: format.number(total) })}</p>}
      {!ending && left > 0 && (
        <p role="status">{t("hidingProgress", { done, total: format.number(Math.max(total, left)) })}</p>
      )}
      {!ending && offered && (
        <FormOfMany id={form} className="form" action={action} initial={formState(form)}>
          <button className="button" data-quiet type="submit">
            {t("showNamesSubmit")}
          </button>
        </FormOfMany>
      )}
    </li>
  );
}
