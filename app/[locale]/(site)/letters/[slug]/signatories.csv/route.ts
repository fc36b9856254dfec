import { listFileAnswer } from "@/app/_components/letter/list-file-answer";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** The public list as CSV. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  return listFileAnswer(slug, locale, "csv", request.signal);
}
