import { takeInEvent } from "@/lib/mail/take-in-event";

export const dynamic = "force-dynamic";

/** The provider repeats an event until it hears 2xx: also one that is known, or of no interest here. */
const STATUS = { taken: 200, repeated: 200, early: 503, forged: 401, "not-configured": 404 } as const;

/** Takes in an event of the mail provider, by its signature alone: it comes from no page of ours. */
export async function POST(request: Request): Promise<Response> {
  const header = (name: string) => request.headers.get(name) ?? "";
  const headers = {
    id: header("svix-id"),
    timestamp: header("svix-timestamp"),
    signature: header("svix-signature"),
  };
  const taken = await takeInEvent({ body: await request.text(), headers }, new Date());
  return Response.json({ status: taken }, { status: STATUS[taken] });
}
