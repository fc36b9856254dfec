import { useTranslations } from "next-intl";
import { useCountryNames } from "@/app/_components/country-names";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import { Seen } from "@/app/[locale]/admin/signatures/_parts/decisions";
import { FlagList } from "@/app/[locale]/admin/signatures/_parts/flag-list";
import { publicId } from "@/lib/http/public-ids";
import type { SignatureDetail } from "@/lib/moderation/signature-detail";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

type Props = { signature: SignatureDetail; action: string; locale: string };

/** What a signatory wants shown instead: before and after, what to notice about it, and the two decisions. */
export function ProposedChange({ signature, action, locale }: Props) {
  const t = useTranslations("admin.change");
  const { nameOf } = useCountryNames(locale);
  const { change, acts } = signature;
  if (!change) return null;
  const [approve, refuse] = ["approve-change", "refuse-change"].map(
    (name) => `${name}.${publicId(change.id)}`,
  );
  const lines = differences(signature, change, nameOf);
  return (
    <section aria-labelledby="change" className="case-warnings">
      <h2 id="change">{t(change.shows ? "showTitle" : "title")}</h2>
      <p>{t(change.shows ? "showText" : signature.visibility === "WITHHELD" ? "hiddenText" : "text")}</p>
      {signature.movedAt && (
        <p className="notice">
          {t.rich("moved", { time: () => signature.movedAt && <When at={signature.movedAt} /> })}
        </p>
      )}
      {lines.length > 0 && <Lines lines={lines} />}
      <FlagList signature={{ ...signature, flags: change.flags, hold: null }} locale={locale} />
      {acts.length > 0 && approve && refuse && (
        <FormMessages locale={locale}>
          {change.waitsUntil ? (
            <p className="note">
              {t.rich("waits", { time: () => change.waitsUntil && <When at={change.waitsUntil} /> })}
            </p>
          ) : change.told ? (
            <Form id={approve} action={action} initial={formState(approve)} className="admin-buttons">
              <Seen signature={signature} />
              <button className="button" type="submit">
                {t(change.shows ? "show" : signature.visibility === "WITHHELD" ? "approveHidden" : "approve")}
              </button>
            </Form>
          ) : (
            <p className="note">{t("notTold")}</p>
          )}
          <details open={Boolean(formState(refuse))} name="decide">
            <summary>{t("refuse")}</summary>
            <Form id={refuse} action={action} initial={formState(refuse)} className="form">
              <Seen signature={signature} />
              <TextAreaField name="reason" label={t("reason")} hint={t("reasonHint")} />
              <button className="button" data-quiet type="submit">
                {t("refuseSubmit")}
              </button>
            </Form>
          </details>
        </FormMessages>
      )}
    </section>
  );
}

type Line = { field: string; before: string | null; after: string | null };

function Lines({ lines }: { lines: Line[] }) {
  const t = useTranslations("admin");
  return (
    <ul className="admin-changes">
      {lines.map(({ field, before, after }) => (
        <li key={field}>
          {t.rich(`history.${!after ? "removed" : !before ? "added" : "change"}`, {
            field: t(`fields.${field}`),
            before: () => <bdi>{before}</bdi>,
            after: () => <bdi>{after}</bdi>,
          })}
        </li>
      ))}
    </ul>
  );
}

/** What would be another: of a hidden name all that would be shown. */
function differences(
  { kind, country, fields }: SignatureDetail,
  { shows, ...change }: NonNullable<SignatureDetail["change"]>,
  nameOf: (code: string) => string,
): Line[] {
  const before = shows ? null : displayed(kind, country, fields, nameOf);
  const after = displayed(kind, change.country, change.fields, nameOf);
  return Object.entries(after).flatMap(([field, now]) => {
    const then = before?.[field] ?? null;
    return then === now ? [] : [{ field, before: then, after: now }];
  });
}

function displayed(
  kind: SignatureDetail["kind"],
  country: string,
  fields: SignatoryFields,
  nameOf: (code: string) => string,
): Record<string, string | null> {
  const { name, title, position, affiliation, website, orcid } = fields;
  const { representativeName, representativeRole, representativePublic = false } = fields;
  return {
    [kind === "ORGANISATION" ? "organisationName" : "fullName"]: name,
    ...{
      sortName: fields.sortName ?? null,
      title,
      position,
      affiliation,
      website,
      orcid,
      representativeRole,
    },
    country: nameOf(country),
    representativeName: representativePublic ? null : representativeName,
    representativeShown: representativePublic ? representativeName : null,
  };
}
