import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCountryNames } from "@/app/_components/country-names";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { publicId } from "@/lib/http/public-ids";
import type { ActionLine, FieldChange, HistoryLine } from "@/lib/moderation/history";

/** What was done to one signature, by whom and when, newest first. */
export function HistoryList({ lines }: { lines: HistoryLine[] }) {
  return (
    <ol className="admin-history">
      {lines.map((line) => (
        <li key={publicId(line.id)}>
          <When at={line.at} /> <HistoryWords line={line} />
          {line.changes.length > 0 && <Changes changes={line.changes} />}
        </li>
      ))}
    </ol>
  );
}

/** What was done to whose signature, by whom and when, newest first. */
export function ActionList({ lines, locale }: { lines: ActionLine[]; locale: string }) {
  return (
    <ol className="admin-history">
      {lines.map((line) => (
        <li key={publicId(line.id)}>
          <When at={line.at} />{" "}
          <HistoryWords line={line}>
            {(line.signatureId || line.letter) && <Subject line={line} locale={locale} />}
          </HistoryWords>
        </li>
      ))}
    </ol>
  );
}

/** Whose signature, or else which letter, a line is about. */
function Subject({ line: { signatureId, name, letter }, locale }: { line: ActionLine; locale: string }) {
  const t = useTranslations("admin.history");
  if (!signatureId)
    return (
      letter && (
        <a href={organiserPath(locale, letter.slug)} {...letterLanguage(letter.textLocale, locale)}>
          {letter.title}
        </a>
      )
    );
  if (!name) return t("unnamed");
  return (
    <a href={signaturePath(locale, signatureId)}>
      <bdi>{name}</bdi>
    </a>
  );
}

/** A line, and the administrator whom it is about where that is not the one who acted. */
type Said = HistoryLine & { subject?: string | null };

/** What was done, by whom and, as the children say, to whose signature. */
export function HistoryWords({ line, children }: { line: Said; children?: ReactNode }) {
  const t = useTranslations("admin");
  const address = () => <bdi dir="ltr">{line.by}</bdi>;
  const subject = () => <bdi dir="ltr">{line.subject ?? line.by}</bdi>;
  const action = t.has(`actions.${line.action}`)
    ? t.rich(`actions.${line.action}`, { address: subject, ...line.bulk, file: line.file })
    : line.action;
  const asker = () => <bdi dir="ltr">{line.askedBy}</bdi>;
  if (line.askedBy) return <span>{t.rich("history.askedBy", { action: () => action, who: asker })}</span>;
  // Of these the address is the subject, not the actor.
  if (line.actor === "SYSTEM" && line.by) return <span>{action}</span>;
  const actor = line.actor === "ADMIN" && !line.by ? "gone" : line.actor;
  const who = t.rich(`actors.${actor}`, { address });
  const parts = { action: () => action, who: () => who, signature: () => children };
  return <span>{t.rich(children ? "history.about" : "history.by", parts)}</span>;
}

function Changes({ changes }: { changes: FieldChange[] }) {
  const t = useTranslations("admin");
  const { nameOf } = useCountryNames(useLocale());
  const words = (field: string, value: string | null) => {
    if (isFlag(value)) return t(value === "true" ? "history.yes" : "history.no");
    return field === "country" && value ? nameOf(value) : value;
  };
  return (
    <ul className="admin-changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          {t.rich(`history.${formOf(before, after)}`, {
            field: t(`fields.${field}`),
            before: () => <bdi>{words(field, before)}</bdi>,
            after: () => <bdi>{words(field, after)}</bdi>,
          })}
        </li>
      ))}
    </ul>
  );
}

const isFlag = (value: string | null) => value === "true" || value === "false";

function formOf(before: string | null, after: string | null): "added" | "removed" | "change" {
  if (after === null) return "removed";
  return before === null || isFlag(after) ? "added" : "change";
}
