import { currentAdmin } from "@/lib/auth/current-admin";
import { can } from "@/lib/auth/permissions";
import { readPublicId } from "@/lib/http/public-ids";
import { actionProgress } from "@/lib/moderation/bulk/queries";

type Params = { params: Promise<{ id: string }> };

/** How far a bulk action is, for the page that shows it. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { id } = await params;
  const admin = await currentAdmin();
  if (!admin) return Response.json(null, { status: 401 });
  if (!can(admin.role, "bulk.read")) return Response.json(null, { status: 403 });
  const progress = await actionProgress(admin, readPublicId(id));
  return Response.json(progress, { status: progress ? 200 : 404 });
}
