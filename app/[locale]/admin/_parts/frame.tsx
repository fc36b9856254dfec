import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Bar, type Place } from "@/app/[locale]/admin/_parts/bar";
import { lettersHere } from "@/app/[locale]/admin/_parts/letters-here";
import type { Admin } from "@/lib/auth/admin";

/** Who is signed in, as far as the frame shows them; without a role while the second factor is still missing. */
export type FrameAdmin = Admin | { address: string; role?: undefined };

type Props = {
  locale: string;
  /** Absent on the pages that lead to the sign-in. */
  admin?: FrameAdmin;
  current?: Place;
  /** The letter that the page is about, by its slug; without one, all letters. */
  letter?: string;
  children: ReactNode;
};

/** The frame of every administrators' page: the bar with the ways to all places, and the page's own content. */
export async function AdminFrame({ locale, admin, current, letter, children }: Props) {
  const letters = admin?.role ? await lettersHere(admin, locale) : [];
  return (
    <>
      <Skip />
      <Bar {...{ locale, admin, current, letters }} chosen={letters.find(({ slug }) => slug === letter)} />
      <main id="content" tabIndex={-1} className="admin" data-place={current}>
        {children}
      </main>
    </>
  );
}

function Skip() {
  const t = useTranslations("site");
  return (
    <a className="skip" href="#content">
      {t("skip")}
    </a>
  );
}
