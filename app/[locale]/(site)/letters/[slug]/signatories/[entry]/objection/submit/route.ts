import { handleForm } from "@/app/_forms/handle-form";
import { likelyAddress } from "@/lib/fields/addresses/likely";
import { inConstantTime } from "@/lib/http/constant-time";
import { readPublicId } from "@/lib/http/public-ids";
import { clientNetwork } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { objectTo } from "@/lib/objections/object";
import { parseObjection } from "@/lib/objections/schemas";

type Params = { params: Promise<{ locale: string; slug: string; entry: string }> };

/** Takes an objection in. What follows is the same page for everybody, whatever the state of the address. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug, entry } = await params;
  const page = localePath(locale, `/letters/${slug}/signatories/${entry}/objection`);
  return handleForm(request, page, {
    object: async (values) => {
      const parsed = parseObjection(values, likelyAddress);
      if (!parsed.ok) return { errors: parsed.errors };
      const of = { slug, entry: readPublicId(entry), locale, network: clientNetwork(), now: new Date() };
      const taken = await inConstantTime(() => objectTo({ ...parsed.data, ...of }));
      if (!taken) return { errors: { "": ["tooManyReports"] }, status: 429, retryAfterSeconds: 3_600 };
      return { redirect: `${page}?sent=1` };
    },
  });
}
