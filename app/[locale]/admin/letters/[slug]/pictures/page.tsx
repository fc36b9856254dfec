import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { formState } from "@/app/_forms/form-state";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { LetterPages, organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { PictureForm } from "@/app/[locale]/admin/letters/_parts/picture-form";
import { can } from "@/lib/auth/permissions";
import { letterPictures, organiserLetter } from "@/lib/letters/organiser-queries";
import { pictureMarkdown } from "@/lib/letters/pictures/rules";

type Props = { params: Promise<{ locale: string; slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "letters.pictures" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** A letter's pictures, each with the Markdown that shows it: also what a browser without scripts sees after sending one. */
export default async function Page({ params }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "letter.read");
  const letter = await organiserLetter(admin, slug, locale, new Date());
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const pictures = await letterPictures(admin, letter);
  const sent = formState("picture");
  const added = sent?.values.added;
  const t = await getTranslations("letters.pictures");
  const path = organiserPath(locale, slug, "pictures");
  return (
    <LetterPages admin={admin} letter={letter} locale={locale} tab="pictures">
      {pictures.some(({ name }) => name === added) && (
        <p className="notice" role="status">
          {t("added")}
        </p>
      )}
      <h2>{t("title")}</h2>
      {pictures.length === 0 && <p>{t("none")}</p>}
      <ul className="letter-pictures">
        {pictures.map(({ name, alt, caption, width, height, shown }) => (
          <li key={name} data-added={name === added || undefined}>
            {/* biome-ignore lint/performance/noImgElement: of our own, in the size that it has */}
            <img src={`${path}/${name}`} alt={alt} width={width} height={height} loading="lazy" />
            <label>
              <span className="note">{t("markdown")}</span>
              <input
                className="input"
                data-width="long"
                dir="ltr"
                readOnly
                defaultValue={pictureMarkdown({ name, alt, caption })}
              />
            </label>
            {!shown && can(admin.role, "letter.edit") && (
              <form method="post" action={path} encType="multipart/form-data">
                <input type="hidden" name="form" value="remove-picture" />
                <button className="button" data-quiet name="name" value={name} type="submit">
                  {t("remove")} <span className="visually-hidden">{alt}</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {can(admin.role, "letter.edit") && (
        <FormMessages locale={locale} also={["letters"]}>
          <PictureForm action={path} initial={added ? undefined : sent} />
        </FormMessages>
      )}
    </LetterPages>
  );
}
