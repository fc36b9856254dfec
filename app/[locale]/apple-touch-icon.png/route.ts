import icon from "@/app/_styles/touch-icon.png";

export const dynamic = "force-dynamic";

/** The icon of a home screen, where phones look for it. */
export function GET(): Response {
  return new Response(null, { status: 308, headers: { location: icon.src } });
}
