import { currentAdmin } from "@/lib/auth/current-admin";
import { canSomewhere } from "@/lib/auth/permissions";
import { readPublicId } from "@/lib/http/public-ids";
import { exportProgress } from "@/lib/moderation/export/queries";

type Params = { params: Promise<{ id: string }> };

/** How far a file is, for the page that shows it. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { id } = await params;
  const admin = await currentAdmin();
  if (!admin) return Response.json(null, { status: 401 });
  if (!canSomewhere(admin, "export.make")) return Response.json(null, { status: 403 });
  const progress = await exportProgress(admin, readPublicId(id));
  return Response.json(progress, { status: progress ? 200 : 404 });
}
