import { setRequestLocale } from "next-intl/server";
import { NotFound } from "@/app/_components/not-found";

/** Any address that is nobody else's, so that "not found" is said in the reader's language. */
export default async function Page({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  return <NotFound locale={locale} />;
}
