import icon from "@/app/_styles/favicon.ico";

export const dynamic = "force-dynamic";

/** The icon, where browsers and programs look for it that have read none of our pages. */
export function GET(): Response {
  return new Response(null, { status: 308, headers: { location: icon.src } });
}
