import { readLogo } from "@/lib/site/cached";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ id: string }> };

/** The organiser's picture. Another one has another address. */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  const bytes = await readLogo((await params).id);
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(bytes, { headers: { "content-type": "image/webp" } });
}
