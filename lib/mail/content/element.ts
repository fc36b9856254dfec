import type { ReactElement } from "react";
import type { Translate } from "@/lib/i18n/translator";
import type { MailContent } from "@/lib/mail/content/content";
import { discreet } from "@/lib/mail/content/discreet";
import type { Around } from "@/lib/mail/content/frame";
import { adminInvitation, adminNotice, adminSignIn, testEmail } from "@/lib/mail/content/of-administrators";
import { objected } from "@/lib/mail/content/of-objections";
import {
  confirmSignature,
  linksEnded,
  news,
  own,
  signatureRejected,
  signatureStanding,
} from "@/lib/mail/content/of-signatures";
import { changedText } from "@/lib/mail/content/of-texts";

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
    case "links-ended":
      return linksEnded(content, locale, t, around);
    case "admin-sign-in":
      return adminSignIn(content, locale, t, around);
    case "signature-hidden":
    case "signature-withdrawn":
    case "manage-link":
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
