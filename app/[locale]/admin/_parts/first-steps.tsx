import { useTranslations } from "next-intl";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import type { Admin } from "@/lib/auth/admin";
import { canDo } from "@/lib/auth/permissions";
import { localePath } from "@/lib/i18n/locales";
import { firstSteps, type FirstSteps as Steps } from "@/lib/letters/first-steps";

type Props = { admin: Admin; locale: string };

/** The short path of a new site's owners; nothing once a letter has ever been published. */
export async function FirstSteps({ admin, locale }: Props) {
  const steps = canDo(admin, "letter.create") ? await firstSteps(admin) : null;
  return steps && <StepList steps={steps} locale={locale} />;
}

function StepList({ steps: { missing, letter }, locale }: { steps: Steps; locale: string }) {
  const t = useTranslations("setup.steps");
  const written = letter?.written ?? false;
  const text = letter ? organiserPath(locale, letter.slug, "text") : localePath(locale, "/admin/letters/new");
  const steps = [
    { name: "who", done: missing.length === 0, href: localePath(locale, "/admin/site") },
    { name: "letter", done: written, href: text },
    { name: "preview", done: false, href: letter && `${text}#preview-title` },
    { name: "publish", done: false, href: letter && organiserPath(locale, letter.slug, "versions") },
  ] as const;
  const next = steps.find(({ done }) => !done);
  return (
    <section aria-labelledby="first-steps">
      <h2 id="first-steps">{t("title")}</h2>
      <ol className="first-steps">
        {steps.map(({ name, done, href }) => (
          <li key={name} aria-current={name === next?.name ? "step" : undefined}>
            <span>{href ? <a href={href}>{t(`${name}.title`)}</a> : t(`${name}.title`)}</span>
            <span className="note">{done ? t("done") : t(`${name}.text`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
