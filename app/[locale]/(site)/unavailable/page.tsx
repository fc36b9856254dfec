import { setRequestLocale } from "next-intl/server";
import { Failure } from "@/app/_components/failure";
import { answerWithStatus } from "@/app/_forms/form-state";

/** What the server shows in place of a page that failed. It reads nothing, so it works when nothing else does. */
export default async function Page({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  answerWithStatus(503);
  return <Failure locale={locale} />;
}
