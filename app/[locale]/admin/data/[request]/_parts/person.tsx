import { useTranslations } from "next-intl";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import {
  displayedFacts,
  FactList,
  privateFacts,
} from "@/app/[locale]/(site)/signatures/[token]/_parts/own-facts";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { OwnData } from "@/lib/signatures/own/own-data";

type Props = { data: OwnData[]; request: string; locale: string };

/** The signatures of one person, and what can be done with all of them at once. */
export function Person({ data, request, locale }: Props) {
  const t = useTranslations("data.requests");
  const path = `/admin/data/${request}`;
  const spellings = new Set(data.map(({ email }) => email));
  return (
    <>
      <p className="admin-standing">{t("found", { count: data.length })}</p>
      {spellings.size > 1 && <p>{t("spellings")}</p>}
      <p>
        <a className="button" data-quiet href={localePath(locale, `${path}/download`)} download>
          {t("download", { count: data.length })}
        </a>
      </p>
      {data.length > 1 && <Erase path={path} name="erase-all" locale={locale} count={data.length} />}
      <ul className="rows">
        {data.map((signature) => (
          <li key={publicId(signature.id)}>
            <Signature signature={signature} path={path} locale={locale} alone={data.length === 1} />
          </li>
        ))}
      </ul>
    </>
  );
}

type OneProps = { signature: OwnData; path: string; locale: string; alone: boolean };

function Signature({ signature, path, locale, alone }: OneProps) {
  const t = useTranslations("data.requests");
  const state = useTranslations("admin.states");
  const news = useTranslations("own.news");
  const { id, title, textLocale, typed, version, consent, visibility } = signature;
  return (
    <>
      <h2>
        <bdi {...letterLanguage(textLocale, locale)}>{title}</bdi>
      </h2>
      <p>
        {t("standing", { state: state(signature.state), visibility, number: version })}{" "}
        {t.rich("consent", { name: consent.version, time: () => <When at={consent.at} /> })}
      </p>
      <FactList
        facts={[
          ...displayedFacts(signature, locale),
          ...privateFacts(signature, locale, news("on"), news("off")),
        ]}
      />
      {typed && (
        <>
          <h3>{t("typed")}</h3>
          <FactList facts={displayedFacts({ ...signature, signatory: typed }, locale)} />
        </>
      )}
      <p className="admin-buttons">
        {!alone && (
          <a
            className="button"
            data-quiet
            href={localePath(locale, `${path}/download?signature=${publicId(id)}`)}
            download
          >
            {t("download", { count: 1 })}
          </a>
        )}
        {signature.state !== "PENDING" && (
          <a className="button" data-quiet href={signaturePath(locale, id)}>
            {t("history")}
          </a>
        )}
      </p>
      <Erase path={path} name={`erase.${publicId(id)}`} locale={locale} count={1} />
    </>
  );
}

/** Two steps: nothing brings it back. */
function Erase({ path, name, locale, count }: { path: string; name: string; locale: string; count: number }) {
  const t = useTranslations("data.requests");
  const sent = formState(name);
  return (
    <details open={Boolean(sent)}>
      <summary>{t("erase", { count })}</summary>
      <Form id={name} action={localePath(locale, path)} initial={sent} className="form">
        <p className="hint">{t("eraseHint", { count })}</p>
        <button className="button" type="submit">
          {t("eraseSubmit", { count })}
        </button>
      </Form>
    </details>
  );
}
