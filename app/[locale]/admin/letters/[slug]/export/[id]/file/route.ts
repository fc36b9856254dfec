import { Readable } from "node:stream";
import { exportPath } from "@/app/[locale]/admin/_parts/paths";
import { currentSession } from "@/lib/auth/current-admin";
import { canSomewhere } from "@/lib/auth/permissions";
import { DomainError } from "@/lib/errors";
import { readPublicId } from "@/lib/http/public-ids";
import { isHeadOnly } from "@/lib/http/request-context";
import { translator } from "@/lib/i18n/translator";
import { takeExport } from "@/lib/moderation/export/take-export";

type Params = { params: Promise<{ locale: string; slug: string; id: string }> };

/** A file, for the one who asked for it. What is over leads to the page that says so; another one is told in a sentence. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { locale, slug, id } = await params;
  const session = await currentSession();
  const t = translator(locale, "exports");
  if (!session?.admin) return new Response(t("signInFirst"), { status: 401 });
  if (!canSomewhere(session.admin, "export.make")) return new Response(t("notYours"), { status: 403 });
  try {
    const { name, type, bytes, stream } = await takeExport(
      session,
      readPublicId(id),
      new Date(),
      isHeadOnly(),
    );
    const headers = {
      "content-type": type,
      "content-length": String(bytes),
      "content-disposition": `attachment; filename="${name}"`,
    };
    return new Response(Readable.toWeb(stream) as ReadableStream, { headers });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "not-found") return new Response(t("notYours"), { status: 404 });
    if (error.code === "forbidden") return new Response(t("notYours"), { status: 403 });
    return new Response(null, {
      status: 303,
      headers: { location: `${exportPath(locale, slug)}?gone=${error.code}` },
    });
  }
}
