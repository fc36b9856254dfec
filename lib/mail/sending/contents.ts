import type { ReactElement } from "react";
import { AdminNews } from "@/emails/admin-news";
import { AdminSignIn } from "@/emails/admin-sign-in";
import { ChangedText } from "@/emails/changed-text";
import { ConfirmSignature } from "@/emails/confirm-signature";
import { Discreet } from "@/emails/discreet";
import type { FrameProps } from "@/emails/frame";
import type { LetterLinesProps } from "@/emails/letter-lines";
import { SignatureNews } from "@/emails/signature-news";
import { SignatureRejected } from "@/emails/signature-rejected";
import { SignatureStanding } from "@/emails/signature-standing";
import { TestEmail } from "@/emails/test-email";
import { direction } from "@/lib/i18n/locales";
import { untilWords, zoneName } from "@/lib/i18n/site-time";
import type { Translate } from "@/lib/i18n/translator";
import type { Excerpt } from "@/lib/letters/difference/excerpt";
import { pageAddress, type Sender } from "@/lib/mail/sending/sender";
import { DECISION_DAYS } from "@/lib/objections/rules";
import { KEPT_DAYS, LINK_DAYS } from "@/lib/retention/rules";
import { SHOW_WAIT_HOURS } from "@/lib/signatures/own/rules";
import { accentShades } from "@/lib/site/accent/rules";
import type { AdminRole } from "@/prisma/generated/enums";

export type MailedLetter = {
  title: string;
  organiserName: string;
  locale: string;
  /** The name of the signature that the mail is about, where its reader has several. */
  signatory?: string | null;
};

/** How a signature stands. `shown` is whether its name is, once it is approved; the link is its owner's. */
export type MailedSignature = {
  letter: MailedLetter;
  approved: boolean;
  shown: boolean;
  /** Whether its name is hidden for now, though its signatory shows it. */
  concealed?: boolean;
  /** Whether the letter is taken down: nobody sees it. */
  down?: boolean;
  link: string;
};

/** Mails about what became of one's own signature, each in two sentences. */
export type OwnMessage =
  | "signature-hidden"
  | "signature-withdrawn"
  | "manage-link"
  | "links-ended"
  | "change-proposed"
  | "show-proposed"
  | "change-approved"
  | "change-refused"
  | "address-confirm"
  | "address-asked"
  | "address-moved";

/** All that a mail says, and nothing that a visitor typed. Links are whole addresses. */
export type MailContent =
  | {
      message: "confirm-signature";
      letters: MailedLetter[];
      link: string;
      linkDays: number;
      eraseDays: number;
    }
  | ({
      message: "signature-standing";
      state: "VERIFIED" | "APPROVED" | "REJECTED";
      reason: string | null;
    } & MailedSignature)
  | ({ message: "signature-rejected"; reason: string } & MailedSignature)
  | ({ message: "signature-approved" | "signature-corrected" | "signature-expert" } & MailedSignature)
  | ({ message: "signature-objected" } & MailedSignature)
  | {
      message: "confirm-objection";
      letter: MailedLetter;
      link: string;
      linkDays: number;
      decisionDays: number;
    }
  | {
      message: "objection-decided";
      letter: MailedLetter;
      link: string;
      outcome: "removed" | "kept" | "notShown";
    }
  | {
      message: "text-changed" | "text-confirm" | "text-reminder";
      letter: MailedLetter;
      link: string;
      /** Why the text was changed, in the organiser's words. */
      reason: string | null;
      difference: Excerpt;
      /** Until when it counts without being confirmed again; null where there is no such date. */
      answerBy: Date | null;
      /** Whether that date has passed. */
      late: boolean;
      zone: string;
    }
  | {
      message: OwnMessage;
      letter: MailedLetter;
      link: string;
      /** Of a change: whether its name is shown now, or waits, stays hidden, is hidden for now, or seen by nobody. */
      shown?: "public" | "waiting" | "withheld" | "concealed" | "down";
      /** Of a withdrawal: whether the list says so, and the link removes that. */
      noted?: boolean;
    }
  | { message: "admin-sign-in"; link: string; linkMinutes: number }
  /** To a mailbox that wants them discreet, with until when an answer is wanted. */
  | { message: DiscreetMessage; link: string; answerBy: Date | null; zone: string }
  | { message: "test-email"; link: string }
  | {
      message: "admin-invitation";
      role: AdminRole;
      /** For how many letters it is; null for all. */
      reach: number | null;
      link: string;
      secondFactor: boolean;
    }
  | { message: "admin-notice"; queues: NoticedQueue[]; link: string };

/** What waits in a letter. */
type NoticedQueue = { title: string; signatures: number; reports: number; changes: number };

export type DiscreetMessage =
  | "discreet-confirm"
  | "discreet-news"
  | "discreet-answer"
  /** Something that its reader may have to stop soon. */
  | "discreet-check"
  /** Of what is gone there is no page to read. */
  | "discreet-withdrawn"
  | "discreet-moved";

/** What stands at the end of a mail. */
export type Around = { stop?: string; about?: Sender["about"] };

/** The template of a mail with its texts filled in. */
export function mailElement(
  content: MailContent,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  switch (content.message) {
    case "confirm-signature":
      return confirmSignature(content, locale, t, around);
    case "signature-standing":
      return signatureStanding(content, locale, t, around);
    case "signature-rejected":
      return signatureRejected(content, locale, t, around);
    case "test-email":
      return testEmail(content, locale, t, around);
    case "admin-invitation":
      return adminInvitation(content, locale, t, around);
    case "admin-notice":
      return adminNotice(content, locale, t, around);
    case "text-changed":
    case "text-confirm":
    case "text-reminder":
      return changedText(content, locale, t, around);
    case "signature-objected":
    case "confirm-objection":
    case "objection-decided":
      return objected(content, locale, t, around);
    case "discreet-confirm":
    case "discreet-news":
    case "discreet-answer":
    case "discreet-check":
    case "discreet-withdrawn":
    case "discreet-moved":
      return discreet(content, locale, t, around);
    case "admin-sign-in":
      return adminSignIn(content, locale, t, around);
    case "signature-hidden":
    case "signature-withdrawn":
    case "manage-link":
    case "links-ended":
    case "change-proposed":
    case "show-proposed":
    case "change-approved":
    case "change-refused":
    case "address-confirm":
    case "address-asked":
    case "address-moved":
      return own(content, locale, t, around);
    default:
      return news(content, locale, t, around);
  }
}

type Of<Message extends MailContent["message"]> = Extract<MailContent, { message: Message }>;

function confirmSignature(
  content: Of<"confirm-signature">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { letters, linkDays, eraseDays } = content;
  const say = under(t, content.message);
  const words = {
    intro: say("intro", { count: letters.length }),
    open: say("open"),
    expiry: say("expiry", { days: linkDays }),
    notYou: say("notYou", { days: eraseDays }),
  };
  return ConfirmSignature({
    frame: frame(content, locale, t, say("button"), around),
    letters: letters.map((letter) => lines(letter, t)),
    words,
  });
}

function signatureStanding(
  content: Of<"signature-standing">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { letter, state } = content;
  const say = under(t, content.message);
  const standing = state === "REJECTED" ? state : `${state}.${placeOf(content)}`;
  const words = {
    ...{ intro: say("intro"), standing: say(standing), nothing: say("nothing") },
    after: [t("private")],
  };
  const reason = state === "REJECTED" ? content.reason : null;
  return SignatureStanding({
    frame: frame(content, locale, t, t("manage"), around),
    letter: lines(letter, t),
    reason,
    words,
  });
}

function signatureRejected(
  content: Of<"signature-rejected">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { letter, reason } = content;
  const say = under(t, content.message);
  const words = {
    ...{ intro: say("intro"), reason: say("reason"), effect: say("effect") },
    after: [t("reply"), t("private")],
  };
  return SignatureRejected({
    frame: frame(content, locale, t, t("manage"), around),
    letter: lines(letter, t),
    reason,
    words,
  });
}

type OfText = Of<"text-changed" | "text-confirm" | "text-reminder">;

function changedText(content: OfText, locale: string, t: Translate, around: Around): ReactElement {
  const { message, letter, reason, difference, answerBy, late, zone } = content;
  const say = under(t, message);
  const shared = under(t, "text");
  const asked = message !== "text-changed";
  const date = answerBy && dateWords(answerBy, zone, locale, t);
  const effect = asked
    ? [say("effect"), late ? shared("late") : date ? shared("date", { date }) : ""]
    : [say("effect")];
  return ChangedText({
    frame: frame(content, locale, t, say("button"), around),
    letter: lines(letter, t),
    reason,
    blocks: difference.blocks,
    words: {
      intro: say("intro"),
      reason: shared("reason"),
      changes: shared("changes"),
      more: difference.more > 0 ? shared("more", { count: difference.more }) : null,
      effect: effect.filter(Boolean),
      after: [shared("withdraw"), shared("private")],
      marks: { added: shared("added"), removed: shared("removed"), moved: shared("moved") },
    },
  });
}

function dateWords(at: Date, zone: string, locale: string, t: Translate): string {
  const { endOf, ...words } = untilWords(zone, at, locale);
  return t(endOf ? "text.until.endOf" : "text.until.time", { ...words, zone: zoneName(zone, locale) });
}

function discreet(content: Of<DiscreetMessage>, locale: string, t: Translate, around: Around): ReactElement {
  const { message, answerBy, zone } = content;
  const say = under(t, message);
  const date = answerBy && dateWords(answerBy, zone, locale, t);
  const rest =
    message === "discreet-confirm"
      ? [say("expiry", { days: LINK_DAYS }), say("notYou", { days: KEPT_DAYS.unconfirmed })]
      : message === "discreet-withdrawn" || message === "discreet-moved"
        ? [say("notYou")]
        : [
            message === "discreet-answer" && date && say("date", { date }),
            message === "discreet-check" && say("soon", { hours: SHOW_WAIT_HOURS.afterMail }),
            t("discreet-forward"),
          ];
  return Discreet({
    frame: frame(content, locale, t, say("button"), around),
    paragraphs: [say("intro"), ...rest].filter((text) => typeof text === "string"),
  });
}

type OfObjection = Of<"signature-objected" | "confirm-objection" | "objection-decided">;

function objected(content: OfObjection, locale: string, t: Translate, around: Around): ReactElement {
  const say = under(t, content.message);
  const { message } = content;
  const words =
    message === "confirm-objection"
      ? {
          intro: say("intro"),
          effect: say("effect", { days: content.decisionDays }),
          after: [say("notYou", { days: content.linkDays })],
        }
      : message === "objection-decided"
        ? { intro: say("intro"), effect: say(content.outcome), after: [t("reply")] }
        : {
            intro: say("intro"),
            effect: say("effect", { days: DECISION_DAYS }),
            after: [say("mine"), t("private")],
          };
  return SignatureNews({
    frame: frame(content, locale, t, say("button"), around),
    letter: lines(content.letter, t),
    words,
  });
}

type News = Of<"signature-approved" | "signature-corrected" | "signature-expert">;

function news(content: News, locale: string, t: Translate, around: Around): ReactElement {
  const say = under(t, content.message);
  const words = {
    ...{ intro: say("intro"), effect: say(effectOf(content)) },
    after: [...(content.message === "signature-approved" ? [say("own")] : []), t("reply"), t("private")],
  };
  return SignatureNews({
    frame: frame(content, locale, t, t("manage"), around),
    letter: lines(content.letter, t),
    words,
  });
}

function own(content: Of<OwnMessage>, locale: string, t: Translate, around: Around): ReactElement {
  const say = under(t, content.message);
  const { message } = content;
  const gone = message === "signature-withdrawn" || message === "address-moved";
  const asks = message === "address-confirm" || message === "address-asked";
  const button = content.noted ? say("removeLine") : gone ? t("read") : asks ? say("button") : t("manage");
  const as = content.shown ? `.${content.shown}` : content.noted ? "Noted" : "";
  return SignatureNews({
    frame: frame(content, locale, t, button, around),
    letter: lines(content.letter, t),
    words: {
      ...{ intro: say("intro"), effect: say(`effect${as}`, { hours: SHOW_WAIT_HOURS.afterMail }) },
      after: gone ? [t("reply")] : [say(`after${as}`), t("private")],
    },
  });
}

const placeOf = ({ shown, concealed, down }: Pick<MailedSignature, "shown" | "concealed" | "down">) =>
  concealed ? "concealed" : !shown ? "withheld" : down ? "down" : "public";

function effectOf(content: News): string {
  const { message, approved } = content;
  const place = placeOf(content);
  if (message === "signature-corrected") return approved && place === "public" ? "public" : "other";
  return message === "signature-expert" && !approved ? `waiting.${place}` : place;
}

function adminSignIn(
  content: Of<"admin-sign-in">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const say = under(t, content.message);
  const words = {
    intro: say("intro"),
    expiry: say("expiry", { minutes: content.linkMinutes }),
    notYou: say("notYou"),
  };
  return AdminSignIn({ frame: frame(content, locale, t, say("button"), around), words });
}

function testEmail(content: Of<"test-email">, locale: string, t: Translate, around: Around): ReactElement {
  const say = under(t, content.message);
  const words = { intro: say("intro"), look: say("look") };
  return TestEmail({ frame: frame(content, locale, t, say("button"), around), words });
}

function adminInvitation(
  content: Of<"admin-invitation">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { message, role, reach, secondFactor } = content;
  const say = under(t, message);
  return AdminNews({
    frame: frame(content, locale, t, say("button"), around),
    before: [
      say("intro"),
      say(`role.${role}`),
      ...(reach === null ? [] : [say("letters", { count: reach })]),
      say("first"),
    ],
    after: [...(secondFactor ? [say("passkey")] : []), say("notYou")],
  });
}

function adminNotice(
  content: Of<"admin-notice">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { message, queues } = content;
  const say = under(t, message);
  const kinds = ["signatures", "reports", "changes"] as const;
  const lines = queues.flatMap(({ title, ...waiting }) =>
    kinds.flatMap((kind) => (waiting[kind] > 0 ? say(kind, { letter: title, count: waiting[kind] }) : [])),
  );
  return AdminNews({
    frame: frame(content, locale, t, say("button"), around),
    before: [say("intro"), ...lines],
    after: [say("choose")],
  });
}

const under =
  (t: Translate, message: string): Translate =>
  (key, values) =>
    t(`${message}.${key}`, values);

const lines = (
  { title, organiserName, locale, signatory }: MailedLetter,
  t: Translate,
): LetterLinesProps => ({
  ...{ title, organiserName, lang: locale, dir: direction(locale) },
  signature: signatory ? { label: t("signatureOf"), name: signatory } : undefined,
});

/** Why a mail was sent that no signature caused. */
const WHY: Partial<Record<MailContent["message"], string>> = {
  "admin-sign-in": "admin",
  "test-email": "test",
  "confirm-objection": "objection",
  "objection-decided": "objection",
  "discreet-confirm": "discreet",
  "discreet-news": "discreet",
  "discreet-answer": "discreet",
  "discreet-check": "discreet",
  "discreet-withdrawn": "discreet",
  "discreet-moved": "discreet",
  "admin-invitation": "invitation",
  "admin-notice": "notice",
};

function frame(
  { message, link }: MailContent,
  locale: string,
  t: Translate,
  label: string,
  { stop, about }: Around,
): FrameProps {
  return {
    lang: locale,
    dir: direction(locale),
    heading: t(`${message}.heading`),
    link: { label, url: link, plain: t("plain") },
    why: t(`why.${WHY[message] ?? "signature"}`),
    stop: stop ? { label: t("stop"), url: stop } : undefined,
    accent: about && about.hue !== null ? accentShades(about.hue) : undefined,
    about: about && {
      organiser: about.organiser && t("about.organiser", { organiser: about.organiser }),
      contact: about.contact && t("about.contact", { contact: about.contact }),
      pages: about.pages.map((page) => ({ label: t(`about.${page}`), url: pageAddress(page, locale) })),
    },
  };
}
