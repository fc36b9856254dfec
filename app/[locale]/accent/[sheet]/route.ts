import { accentSheet } from "@/lib/site/accent/rules";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ sheet: string }> };

/** The accent's shades, light and dark, as a sheet that never changes under its name. */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  const { sheet } = await params;
  const [, hue = ""] = /^(\d{1,3})-[a-z0-9]+$/.exec(sheet) ?? [];
  const { name, css } = accentSheet(Number(hue) % 360);
  if (name !== sheet) return new Response(null, { status: 404 });
  return new Response(css, { headers: { "content-type": "text/css; charset=utf-8" } });
}
