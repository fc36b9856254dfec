import { SiteFrame, type SitePageProps } from "@/app/_components/site-frame";
import { readSite } from "@/lib/site/cached";

/** A page of the public's, in the site's frame. */
export async function SitePage(props: SitePageProps) {
  return <SiteFrame {...props} site={await readSite()} />;
}
