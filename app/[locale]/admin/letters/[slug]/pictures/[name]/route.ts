import { pictureAnswer } from "@/app/_components/letter/picture-answer";
import { currentAdmin } from "@/lib/auth/current-admin";
import { can } from "@/lib/auth/permissions";
import { readDraftPicture } from "@/lib/letters/pictures/read-picture";

type Params = { params: Promise<{ slug: string; name: string }> };

/** A picture of a letter, also of one that nobody else sees yet. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { slug, name } = await params;
  const admin = await currentAdmin();
  if (!admin) return new Response(null, { status: 401 });
  if (!can(admin.role, "letter.read")) return new Response(null, { status: 403 });
  return pictureAnswer(await readDraftPicture(admin, slug, name));
}
