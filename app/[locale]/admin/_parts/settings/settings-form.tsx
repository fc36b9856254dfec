import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formState } from "@/app/_forms/form-state";
import { FormOfMany } from "@/app/[locale]/admin/_parts/settings/form-of-many";

/** A field as it is stored now: shown to somebody who typed another value meanwhile. */
export type Stored = { label: string; value: string | null };

type Props = {
  /** The part that is set. */
  id: string;
  action: string;
  title: string;
  hint?: ReactNode;
  submit: string;
  /** The marks of what the page shows, by the names of their hidden fields. */
  seen?: Record<string, string>;
  stored?: Stored[];
  /** For texts that are too long for the usual way of sending. */
  encType?: "multipart/form-data";
  children?: ReactNode;
};

/** One part of some settings, with its own button. The second of two people sees what is stored, and decides. */
export function SettingsForm({
  id,
  action,
  title,
  hint,
  submit,
  seen = {},
  stored = [],
  encType,
  children,
}: Props) {
  const initial = formState(id);
  const isSecond = initial?.errors[""]?.includes("siteChanged") ?? false;
  return (
    <section className="letter-setting" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{title}</h2>
      {hint && <p className="note">{hint}</p>}
      {isSecond && <StoredNow stored={stored} />}
      <FormOfMany id={id} className="form" action={action} initial={initial} encType={encType}>
        {Object.entries(seen).map(([name, mark]) => (
          <input key={name} type="hidden" name={name} value={mark} />
        ))}
        {children}
        <button className="button" data-quiet type="submit">
          {submit}
        </button>
      </FormOfMany>
    </section>
  );
}

function StoredNow({ stored }: { stored: Stored[] }) {
  const t = useTranslations("setup");
  return (
    <div className="notice">
      <p>{t("storedNow")}</p>
      <dl className="site-stored">
        {stored.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{value || t("nothing")}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
