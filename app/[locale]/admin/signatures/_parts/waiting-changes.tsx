import { useTranslations } from "next-intl";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { Ago } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import type { WaitingChange } from "@/lib/moderation/waiting-changes";

/** What signatories want changed: nothing where nothing waits. */
export function WaitingChanges({ changes, locale }: { changes: WaitingChange[]; locale: string }) {
  const t = useTranslations("admin.changes");
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="changes" className="queue-changes">
      <h2 id="changes">{t("title", { count: changes.length })}</h2>
      <ol className="rows">
        {changes.map(({ id, slug, name, at, what }) => (
          <li key={`${what} ${publicId(id)}`}>
            <a href={signaturePath(locale, id, slug)}>
              <bdi>{name}</bdi>
            </a>{" "}
            {t(what)} · <Ago at={at} />
          </li>
        ))}
      </ol>
    </section>
  );
}
