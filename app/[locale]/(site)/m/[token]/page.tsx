import { redirect } from "next/navigation";
import { localePath } from "@/lib/i18n/locales";

type Props = { params: Promise<{ locale: string; token: string }> };

/** Leads from the link of a discreet email, which says nothing, to the page that it stands for. */
export default async function Page({ params }: Props): Promise<never> {
  const { locale, token } = await params;
  redirect(localePath(locale, `/signatures/${encodeURIComponent(token)}`));
}
