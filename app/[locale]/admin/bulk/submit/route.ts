import { actPath, choosePath } from "@/app/_components/bulk/paths";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { draftInvalidation } from "@/lib/bulk/draft-invalidation";
import { parseConditions } from "@/lib/bulk/schemas";
import { readPublicId } from "@/lib/http/public-ids";

type Params = { params: Promise<{ locale: string }> };

/** Writes down what conditions choose, and leads to it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = { locale, page: choosePath(locale), may: "bulk.run" } as const;
  return handleAdminForm(request, page, {
    choose: async (admin, values) => {
      const parsed = parseConditions({ ...values, letter: readPublicId(values.letter) });
      if (!parsed.ok) return { errors: parsed.errors };
      const drafted = await draftInvalidation({ admin, conditions: parsed.value, now: new Date() });
      return "id" in drafted
        ? { redirect: actPath(locale, drafted.id) }
        : { errors: { [drafted.not === "tooManyToRead" ? "text" : ""]: [drafted.not] } };
    },
  });
}
