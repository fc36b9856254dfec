import { redirect } from "next/navigation";
import { localePath } from "@/lib/i18n/locales";
import { isObjectionLink } from "@/lib/objections/queries";

type Props = { params: Promise<{ locale: string; token: string }> };

/** Leads from the link of a discreet email, which says nothing, to the page that it stands for. */
export default async function Page({ params }: Props): Promise<never> {
  const { locale, token } = await params;
  const place = (await isObjectionLink(token)) ? "objections" : "signatures";
  redirect(localePath(locale, `/${place}/${encodeURIComponent(token)}`));
}
