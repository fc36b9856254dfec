import { currentAdmin } from "@/lib/auth/current-admin";
import { canSomewhere } from "@/lib/auth/permissions";
import { statisticsCsv } from "@/lib/counts/statistics/csv";
import { statisticsOf } from "@/lib/counts/statistics/statistics-of";
import { organiserLetter } from "@/lib/letters/organiser-queries";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** The numbers of a letter as a file. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const admin = await currentAdmin();
  if (!admin) return new Response(null, { status: 401 });
  if (!canSomewhere(admin, "statistics.read")) return new Response(null, { status: 403 });
  const now = new Date();
  const letter = await organiserLetter(admin, slug, locale, now);
  if (!letter) return new Response(null, { status: 404 });
  const statistics = await statisticsOf(admin, letter.id, now, { forFile: true });
  return new Response(statisticsCsv(statistics), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${letter.slug}-statistics.csv"`,
    },
  });
}
