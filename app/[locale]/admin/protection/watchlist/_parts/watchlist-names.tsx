import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { ListEntry, RemoveForm } from "@/app/[locale]/admin/_parts/list-entry";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { LetterWatchlist } from "@/lib/moderation/watchlist/queries";

type Props = { list: LetterWatchlist; locale: string; edits: boolean };

export function WatchlistNames({ list, locale, edits }: Props) {
  const t = useTranslations("lists.watching");
  const { letterId, slug, title, textLocale, names } = list;
  const action = localePath(locale, "/admin/protection/watchlist");
  return (
    <section className="admin-letter" aria-labelledby={`letter-${slug}`}>
      <h2 id={`letter-${slug}`} {...letterLanguage(textLocale, locale)}>
        {title}
      </h2>
      {names.length === 0 && <p>{t("none")}</p>}
      <ul className="rows">
        {names.map(({ id, name, note, by, createdAt }) => (
          <ListEntry key={publicId(id)} list="watching" by={by} createdAt={createdAt} text={note}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
            {edits && (
              <RemoveForm action={action} id={id} words={t("remove")} label={t("removeNamed", { name })} />
            )}
          </ListEntry>
        ))}
      </ul>
      {edits && (
        <div>
          <AddToWatchlist letterId={letterId} action={action} />
        </div>
      )}
    </section>
  );
}

function AddToWatchlist({ letterId, action }: { letterId: string; action: string }) {
  const t = useTranslations("lists.watching");
  const form = `add.${publicId(letterId)}`;
  const sent = formState(form);
  return (
    <details open={Boolean(sent)}>
      <summary>{t("add")}</summary>
      <Form id={form} action={action} initial={sent} className="form">
        <TextField name="watchlistName" label={t("name")} width="medium" autoComplete="off" />
        <TextField name="note" label={t("note")} width="medium" autoComplete="off" optional />
        <button className="button" type="submit">
          {t("submit")}
        </button>
      </Form>
    </details>
  );
}
