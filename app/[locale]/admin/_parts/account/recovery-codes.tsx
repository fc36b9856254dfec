import { useTranslations } from "next-intl";
import { ErrorSummary } from "@/app/_forms/error-summary";
import { formState } from "@/app/_forms/form-state";
import { RECOVERY_CODES } from "@/lib/auth/recovery/rules";

type Props = {
  left: number;
  action: string;
  /** Whether the second factor was proved just now. */
  confirmed: boolean;
};

/** How many recovery codes are left, and the button that makes new ones; those just made, this once. */
export function RecoveryCodes({ left, action, confirmed }: Props) {
  const t = useTranslations("account.codes");
  const sent = formState("newCodes");
  const made = sent?.values.codes;
  return (
    <section aria-labelledby="codes">
      <h2 id="codes">{t("title")}</h2>
      {made ? <Made codes={made.split(" ")} /> : <p>{t("left", { count: left })}</p>}
      {confirmed && (
        <form method="post" action={`${action}#codes`} className="admin-buttons">
          <ErrorSummary form="newCodes" errors={sent?.errors ?? {}} />
          <input type="hidden" name="form" value="newCodes" />
          <button className="button" data-quiet={left > 0 || undefined} type="submit">
            {t("make", { count: RECOVERY_CODES })}
          </button>
          {left > 0 && <p className="note">{t("replaces")}</p>}
        </form>
      )}
    </section>
  );
}

function Made({ codes }: { codes: string[] }) {
  const t = useTranslations("account.codes");
  return (
    <>
      <p className="notice" role="status">
        {t("made")}
      </p>
      <ul className="account-codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
