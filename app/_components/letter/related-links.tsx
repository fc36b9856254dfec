import { useTranslations } from "next-intl";

/** Related reading; nothing where there is none. */
export function RelatedLinks({ links }: { links: { label: string; url: string }[] }) {
  const t = useTranslations("letter");
  if (links.length === 0) return null;
  return (
    <section className="section row" aria-labelledby="related">
      <h2 className="section-title" id="related">
        {t("related")}
      </h2>
      <ul className="links main">
        {links.map(({ label, url }) => (
          <li key={url}>
            <a href={url} rel="noopener noreferrer">
              <bdi>{label}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
