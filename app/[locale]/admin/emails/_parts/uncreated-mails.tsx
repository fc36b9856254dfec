import { useTranslations } from "next-intl";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { UncreatedLine } from "@/lib/mail/uncreated-mails";

/** The mails that we cannot create and try again: why, and what to do. */
export function UncreatedMails({ lines }: { lines: UncreatedLine[] }) {
  const t = useTranslations("mails");
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="uncreated">
      <h2 id="uncreated">{t("uncreated.title")}</h2>
      <p>{t("uncreated.intro")}</p>
      <ul className="rows">
        {lines.map(({ message, code, count, since }) => (
          <li key={`${message} ${code}`}>
            <div className="line">
              <strong>{t(`message.${message}`)}</strong>
            </div>
            <p>
              {t.rich(`uncreated.why.${code}`, {
                code: () => <code dir="ltr">{code}</code>,
                key: (name) => <code dir="ltr">{name}</code>,
              })}
            </p>
            <p className="note">{t.rich("uncreated.line", { count, time: () => <When at={since} /> })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
