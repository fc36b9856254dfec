import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { type DoneCode, organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { refusalOf } from "@/app/[locale]/admin/letters/refusal-of";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin, type Context } from "@/lib/auth/context";
import { isConfirmed } from "@/lib/auth/rules";
import type { Parsed } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { archiveLetter, unarchiveLetter } from "@/lib/letters/archive-letter";
import { changeSlug } from "@/lib/letters/change-slug";
import { closeLetter } from "@/lib/letters/close-letter";
import { addTimelineEntry, removeTimelineEntry } from "@/lib/letters/edit-timeline";
import { featureLetter } from "@/lib/letters/feature-letter";
import { markdownCode } from "@/lib/letters/markdown/parse";
import { parseEnd, parseEntry, parseNote, parseSlug, parseTimes } from "@/lib/letters/schemas";
import { setClosingNote } from "@/lib/letters/set-closing-note";
import { setTimes } from "@/lib/letters/set-times";
import { pinSignatory, raiseSignatory, unpinSignatory } from "@/lib/letters/settings/pin-signatory";
import { removeLine } from "@/lib/letters/settings/remove-line";
import { parseList, parseOrganisers, parseSigning, parseWords } from "@/lib/letters/settings/schemas";
import { setList } from "@/lib/letters/settings/set-list";
import { setOrganisers } from "@/lib/letters/settings/set-organisers";
import { setSigning } from "@/lib/letters/settings/set-signing";
import { setWords } from "@/lib/letters/settings/set-words";
import { publishAgain, unpublishLetter } from "@/lib/letters/unpublish-letter";
import { hideNames } from "@/lib/signatories/hiding/hide-names";
import { parseHiding } from "@/lib/signatories/hiding/schemas";
import { showNames } from "@/lib/signatories/hiding/show-names";
import { readSite } from "@/lib/site/cached";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** Changes when a letter is open, who may sign it and how, where it is shown, and what is said of it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const page = organiserPath(locale, slug, "settings");

  /** Does what a form asks for, if it can be understood. */
  async function act<T>(
    admin: Admin,
    parsed: Parsed<T>,
    done: DoneCode | (() => DoneCode),
    verb: (context: Context, data: T) => Promise<void>,
    next = page,
  ): Promise<FormOutcome> {
    if (!parsed.ok) return { errors: parsed.errors };
    try {
      await verb(byAdmin(admin, new Date()), parsed.data);
      const said = typeof done === "function" ? done() : done;
      return { redirect: `${next}${next.includes("?") ? "&" : "?"}done=${said}` };
    } catch (error) {
      return refusalOf(error);
    }
  }
  const nothing = { ok: true, data: null } as const;

  return handleAdminForm(
    request,
    { locale, page, may: "letter.edit" },
    {
      times: async (admin, values) => {
        let reopened = false;
        return act(
          admin,
          parseTimes(values, (await readSite()).timeZone),
          () => (reopened ? "reopened" : "times"),
          async (context, { opensAt, closesAt }) => {
            ({ reopened } = await setTimes(context, slug, { opensAt: opensAt ?? undefined, closesAt }));
          },
        );
      },
      close: (admin, values) =>
        act(admin, parseEnd(values), "closed", (context, { note }) => closeLetter(context, slug, note)),
      "closing-note": (admin, values) =>
        act(admin, parseNote(values), "note", (context, { note }) => setClosingNote(context, slug, note)),
      archive: (admin) => act(admin, nothing, "archived", (context) => archiveLetter(context, slug)),
      unarchive: (admin) => act(admin, nothing, "unarchived", (context) => unarchiveLetter(context, slug)),
      unpublish: (admin, values) =>
        act(admin, parseEnd(values), "unpublished", (context, { note }) =>
          unpublishLetter(context, slug, note),
        ),
      "publish-again": (admin) => act(admin, nothing, "again", (context) => publishAgain(context, slug)),
      signing: (admin, values) =>
        act(admin, parseSigning(values), "signing", (context, rules) =>
          setSigning(context, slug, rules, values.seen ?? null),
        ),
      list: (admin, values) =>
        act(admin, parseList(values), "list", (context, list) =>
          setList(context, slug, list, values.seen ?? null),
        ),
      organisers: (admin, values) =>
        act(admin, parseOrganisers(values), "organisers", (context, organisers) =>
          setOrganisers(context, slug, organisers, values.seen ?? null),
        ),
      words: (admin, values) => {
        const parsed = parseWords(values, markdownCode);
        const next = parsed.ok ? `${page}?language=${parsed.data.locale}` : page;
        return act(
          admin,
          parsed,
          "words",
          (context, words) => setWords(context, slug, words, values.seen ?? null),
          next,
        );
      },
      pin: {
        each: (id, admin) => act(admin, nothing, "pinned", (context) => pinSignatory(context, slug, id)),
      },
      raise: {
        each: (id, admin) => act(admin, nothing, "pinned", (context) => raiseSignatory(context, slug, id)),
      },
      unpin: {
        each: (id, admin) => act(admin, nothing, "pinned", (context) => unpinSignatory(context, slug, id)),
      },
      "hide-names": (admin, values) =>
        act(admin, parseHiding(values), "namesHidden", (context, { country }) =>
          hideNames(context, slug, country),
        ),
      "show-names": {
        each: (id, admin, _values, { mfa }) =>
          act(admin, nothing, "namesShown", (context) =>
            showNames(context, slug, { id, confirmed: isConfirmed(mfa, context.now) }),
          ),
      },
      "remove-line": {
        each: (id, admin) => act(admin, nothing, "list", (context) => removeLine(context, slug, id)),
      },
      places: (admin, values) =>
        act(admin, nothing, "places", (context) => featureLetter(context, slug, placesOf(values))),
      address: (admin, values) => {
        const parsed = parseSlug(values);
        const next = parsed.ok ? organiserPath(locale, parsed.data.slug, "settings") : page;
        return act(admin, parsed, "slug", (context, { slug: to }) => changeSlug(context, slug, to), next);
      },
      timeline: (admin, values) =>
        act(admin, parseEntry(values), "timeline", (context, entry) =>
          addTimelineEntry(context, slug, entry),
        ),
      remove: {
        each: (id, admin) =>
          act(admin, nothing, "timeline", (context) => removeTimelineEntry(context, slug, id)),
      },
    },
  );
}

const placesOf = ({ featured, listed }: FormValues) => ({
  featured: featured === "on",
  listed: listed === "on",
});
