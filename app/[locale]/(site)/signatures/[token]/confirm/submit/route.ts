import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleForm } from "@/app/_forms/handle-form";
import { resend } from "@/app/[locale]/(site)/signatures/resend";
import { DomainError } from "@/lib/errors";
import { readPublicId } from "@/lib/http/public-ids";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { deleteEntry } from "@/lib/signatures/delete-entry";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Confirms what is ticked of a link's entries, deletes one of them, or sends a new link to an address. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/signatures/${token}/confirm`);
  return handleForm(request, page, {
    confirm: (values) => confirm(values, token, page),
    delete: {
      each: (id) => orStale(() => deleteEntry({ token, id, now: new Date() }), page, `${page}?kept=1`),
    },
    resend: (values) => resend(values, page),
  });
}

/** Each by itself: one whose place is taken keeps no other from being confirmed. */
async function confirm(values: FormValues, token: string, page: string): Promise<FormOutcome> {
  const ticked = Object.entries(values).filter(([name]) => name.startsWith(TICKED));
  if (ticked.length === 0) return { errors: { "": ["nothingTicked"] } };
  const now = new Date();
  for (const [name, revision] of ticked.slice(0, MOST)) {
    const id = readPublicId(name.slice(TICKED.length));
    const shown = /^\d{1,9}$/.test(revision) ? Number(revision) : 0;
    await orStale(() => confirmSignature({ token, id, revision: shown, now }), page);
  }
  return { redirect: page };
}

const TICKED = "entry.";
const MOST = 100;

/** The page itself tells what is behind the link now: a place that is taken, or a link that has done its work. */
/** @param confirmed where to go if somebody has confirmed meanwhile what was to be deleted */
async function orStale(act: () => Promise<void>, page: string, confirmed = page): Promise<FormOutcome> {
  try {
    await act();
    return { redirect: page };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { redirect: error.code === "conflict" ? confirmed : page };
  }
}
