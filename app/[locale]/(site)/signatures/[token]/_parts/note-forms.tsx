import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { RemovedLine, WithdrawnLine } from "@/lib/signatures/own/withdrawal-note";

type Props = { lines: WithdrawnLine[]; path: string; locale: string };

/** Takes away lines in lists about who withdrew, each by itself. */
export function NoteForms({ lines, path, locale }: Props) {
  const t = useTranslations("own.note");
  return lines.map(({ id, name, title, textLocale, waits }) => {
    const form = `remove-note.${publicId(id)}`;
    const words = {
      name: () => <bdi>{name}</bdi>,
      letter: () => <bdi {...letterLanguage(textLocale, locale)}>{title}</bdi>,
    };
    return (
      <FormMessages key={form} locale={locale} fields={[]}>
        <Form id={form} className="form" action={localePath(locale, path)} initial={formState(form)}>
          <p id={`${form}-line`}>{t.rich(waits ? "waits" : "text", words)}</p>
          <button className="button" data-quiet type="submit" aria-describedby={`${form}-line`}>
            <span>{t.rich("submit", words)}</span>
          </button>
        </Form>
      </FormMessages>
    );
  });
}

/** Says which line was removed. */
export function Removed({ line, locale }: { line: RemovedLine; locale: string }) {
  const t = useTranslations("own.note");
  const { name, title, textLocale } = line;
  return (
    <p className="notice" role="status">
      {t.rich("removed", {
        name: () => <bdi>{name}</bdi>,
        letter: () => <bdi {...letterLanguage(textLocale, locale)}>{title}</bdi>,
      })}
    </p>
  );
}
