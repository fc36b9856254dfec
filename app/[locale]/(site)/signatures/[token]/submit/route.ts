import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleForm } from "@/app/_forms/handle-form";
import { DomainError } from "@/lib/errors";
import { likelyAddress } from "@/lib/fields/addresses/likely";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { confirmAgain } from "@/lib/signatures/confirm-again/confirm-again";
import { parseCorrection } from "@/lib/signatures/correction";
import { askToMove } from "@/lib/signatures/move/begin-move";
import { stopMove } from "@/lib/signatures/move/stop-move";
import { endOtherLinks } from "@/lib/signatures/own/end-other-links";
import { hideRepresentative } from "@/lib/signatures/own/hide-representative";
import { hideSignature } from "@/lib/signatures/own/hide-signature";
import { proposeCorrection, proposeShowing } from "@/lib/signatures/own/propose-change";
import { setDiscreet } from "@/lib/signatures/own/set-discreet";
import { setUpdates } from "@/lib/signatures/own/set-updates";
import { stopChange } from "@/lib/signatures/own/stop-change";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import { encryptRemoved, removeNote } from "@/lib/signatures/own/withdrawal-note";
import { parseEmail } from "@/lib/signatures/schemas";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Changes one's own signature: which one, the form's name says. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/signatures/${token}`);
  const own = (id: string) => ({ token, id, now: new Date() });
  return handleForm(request, page, {
    "confirm-again": {
      each: (id, { version = "" }) => {
        const shown = /^[1-9]\d{0,5}$/.test(version) ? Number(version) : 0;
        return orShow(page, "confirmed", () => confirmAgain({ ...own(id), version: shown }), id);
      },
    },
    hide: { each: (id) => orShow(page, "hidden", () => hideSignature(own(id)), id) },
    "hide-representative": {
      each: (id) => orShow(page, "representativeHidden", () => hideRepresentative(own(id)), id),
    },
    show: { each: (id) => orShow(page, "asked", () => proposeShowing(own(id)), id) },
    correct: {
      each: async (id, values) => {
        const parsed = parseCorrection(values, "signatory");
        if (!parsed.ok) return { errors: parsed.errors };
        return orShow(page, "proposed", () => proposeCorrection({ ...own(id), correction: parsed.data }), id);
      },
    },
    move: {
      each: async (id, values) => {
        const parsed = parseEmail(values, likelyAddress);
        if (!parsed.ok) return { errors: parsed.errors };
        const { email } = parsed.data;
        return orShow(page, "moving", () => askToMove({ ...own(id), email }), id);
      },
    },
    "stop-move": { each: (id) => orShow(page, "moveStopped", () => stopMove(own(id)), id) },
    stop: { each: (id) => orShow(page, "stopped", () => stopChange(own(id)), id) },
    discreet: { each: (id) => orShow(page, "discreet", () => setDiscreet(own(id))) },
    "updates-on": {
      each: (id) => orShow(page, "updatesOn", () => setUpdates({ ...own(id), updates: true }), id),
    },
    "updates-off": {
      each: (id) => orShow(page, "updatesOff", () => setUpdates({ ...own(id), updates: false }), id),
    },
    withdraw: {
      each: (id, { noted }) =>
        orShow(page, "withdrawn", () => withdrawOwn({ ...own(id), noted: noted === "on" })),
    },
    "remove-note": { each: (id) => removeLine({ token, id, locale }, page) },
    "end-links": () => orShow(page, "linksEnded", () => endOtherLinks({ token, now: new Date() })),
  });
}

async function removeLine(line: Parameters<typeof removeNote>[0], page: string): Promise<FormOutcome> {
  try {
    return { redirect: `${page}?removed=${encryptRemoved(await removeNote(line))}` };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { redirect: page };
  }
}

/** The page itself tells what is behind the link now: a text that changed meanwhile, or a signature that is gone. */
async function orShow(
  page: string,
  done: string,
  act: () => Promise<void>,
  id?: string,
): Promise<FormOutcome> {
  try {
    await act();
    return { redirect: `${page}?done=${done}${id ? `&of=${publicId(id)}` : ""}` };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "unchanged")
      return { errors: done === "moving" ? { email: ["sameAddress"] } : { "": ["sameAsBefore"] } };
    if (error.code === "too-many") return { errors: { email: ["oftenMoved"] } };
    return { redirect: error.code === "stale" ? `${page}?done=newer` : page };
  }
}
