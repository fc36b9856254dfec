import { NIL } from "uuid";
import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleForm } from "@/app/_forms/handle-form";
import { resend } from "@/app/[locale]/(site)/signatures/resend";
import { DomainError } from "@/lib/errors";
import { publicId, readPublicId } from "@/lib/http/public-ids";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { letterPage } from "@/lib/letters/cached";
import { behindToken } from "@/lib/signatures/behind-token";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { deleteEntry } from "@/lib/signatures/delete-entry";
import { editEntry } from "@/lib/signatures/edit-entry";
import { leadOn } from "@/lib/signatures/own/lead-on";
import { parseEntry } from "@/lib/signatures/schemas";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Confirms what is ticked of a link's entries, edits or deletes one of them, leads on, or sends a new link to an address. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/signatures/${token}/confirm`);
  // The form of an entry is on a page of its own.
  const edit = readPublicId(new URL(request.url).searchParams.get("edit"));
  const shown = edit === NIL ? page : `${page}?edit=${publicId(edit)}`;
  return handleForm(request, shown, {
    confirm: (values) => confirm(values, token, page),
    edit: { each: (id, values) => editOne({ id, values, token, page, locale }) },
    delete: {
      each: (id) => orStale(() => deleteEntry({ token, id, now: new Date() }), page, `${page}?said=kept`),
    },
    own: { each: (id) => own({ id, token, page, locale }) },
    resend: (values) => resend(values, page),
  });
}

/** Each by itself: one whose place is taken keeps no other from being confirmed. */
async function confirm(values: FormValues, token: string, page: string): Promise<FormOutcome> {
  const ticked = Object.entries(values).filter(([name]) => name.startsWith(TICKED));
  if (ticked.length === 0) return { errors: { "": ["nothingTicked"] } };
  const now = new Date();
  let next = page;
  for (const [name, seen] of ticked.slice(0, MOST)) {
    const id = readPublicId(name.slice(TICKED.length));
    const [, revision = "0", version] = SEEN.exec(seen) ?? [];
    const shown = { revision: Number(revision), version: version ? Number(version) : undefined };
    const outcome = await orStale(() => confirmSignature({ token, id, ...shown, now }), page);
    if ("redirect" in outcome && outcome.redirect !== page) next = outcome.redirect;
  }
  return { redirect: next };
}

const TICKED = "entry.";
/** The content that was shown, and the text where that is a newer one. */
const SEEN = /^(\d{1,9})(?:-(\d{1,6}))?$/;
const MOST = 100;

type Asked = { id: string; token: string; page: string; locale: string };

/** What was typed stays in the form wherever it is not taken. */
async function editOne({
  id,
  values,
  token,
  page,
  locale,
}: Asked & { values: FormValues }): Promise<FormOutcome> {
  const behind = await behindToken(token);
  const entry = behind.state === "open" ? behind.entries.find((one) => one.id === id) : undefined;
  const letter = entry && (await letterPage(entry.slug, locale));
  if (!entry || !letter) return { redirect: page };
  const parsed = parseEntry(entry.kind, values, letter.signing);
  if (!parsed.ok) return { errors: parsed.errors };
  const revision = /^\d{1,9}$/.test(values.revision ?? "") ? Number(values.revision) : 0;
  try {
    await editEntry({ token, id, revision, input: parsed.data, now: new Date() });
    return { redirect: `${page}?said=edited` };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "conflict") return { errors: { "": ["entryChanged"] }, status: 409 };
    return error.code === "already-signed"
      ? { errors: { "": ["sameEntry"] }, status: 409 }
      : { redirect: page };
  }
}

async function own({ id, token, page, locale }: Asked): Promise<FormOutcome> {
  try {
    return { redirect: localePath(locale, `/signatures/${await leadOn({ token, id, now: new Date() })}`) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { redirect: page };
  }
}

/**
 * The page itself tells what is behind the link now: a place that is taken, or a link that has done its work.
 * @param confirmed where to go if somebody has confirmed meanwhile what was to be deleted
 */
async function orStale(act: () => Promise<void>, page: string, confirmed = page): Promise<FormOutcome> {
  try {
    await act();
    return { redirect: page };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "stale") return { redirect: `${page}?said=newer` };
    return { redirect: error.code === "conflict" ? confirmed : page };
  }
}
