"use client";

import { useEffect, useState } from "react";
import { askServer } from "@/app/_forms/ask-server";
import type { KeptValues } from "@/app/_forms/kept-values";
import {
  correctSent,
  dropSent,
  readSent,
} from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/sent-values";
import { CORRECTION_MS } from "@/lib/signatures/rules";

type Words = "sentTo" | "correctAddress" | "again" | "askedAgain" | "notAsked" | "correct" | "clear";

type Props = {
  slug: string;
  locale: string;
  /** The form's path, without the kind of signatory. */
  form: string;
  /** The path of the form that asks for a new link. */
  askForLink: string;
  /** How long after a mail the next one leaves, in milliseconds. */
  pauseMs: number;
  /** `askedAgain` says `{time}`. */
  words: Record<Words, string>;
};

/**
 * Shows the address that this browser has just sent, has the mail sent again, and leads back to the form with all that was
 * sent. Nothing of it comes from the server, and leaving the page or ten minutes end it.
 */
export function SentAddress({ slug, locale, form, askForLink, pauseMs, words }: Props) {
  const [sent, setSent] = useState<KeptValues | null>(null);
  useEffect(() => {
    const found = readSent(slug);
    setSent(found);
    const forget = () => {
      dropSent(slug);
      setSent(null);
    };
    const left = found ? CORRECTION_MS - (Date.now() - Number(found.sentAt)) : 0;
    const timer = setTimeout(forget, left);
    window.addEventListener("pagehide", forget);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", forget);
    };
  }, [slug]);
  if (!sent) return null;

  function correct(field: string) {
    if (!sent) return;
    // After the page is left: leaving it forgets.
    window.addEventListener("pagehide", () => correctSent(slug, sent), { once: true });
    window.location.assign(`${form}?as=${sent.as}${field}`);
  }
  return (
    <>
      <p>
        {words.sentTo} <strong dir="ltr">{sent.email}</strong>
      </p>
      <div className="button-row">
        <SendAgain {...{ sent, locale, askForLink, pauseMs, words }} />
        <Plain onClick={() => correct("#sign-email")}>{words.correctAddress}</Plain>
        <Plain onClick={() => correct("")}>{words.correct}</Plain>
        <Plain
          onClick={() => {
            dropSent(slug);
            setSent(null);
          }}
        >
          {words.clear}
        </Plain>
      </div>
    </>
  );
}

type Again = Pick<Props, "locale" | "askForLink" | "pauseMs" | "words"> & { sent: KeptValues };

/** Asks for the mail once more. When it leaves is counted from what this browser sent: the server tells nobody. */
function SendAgain({ sent, locale, askForLink, pauseMs, words }: Again) {
  const [said, setSaid] = useState("");
  const ask = async () => {
    const { errors } = await askServer(askForLink, { form: "resend", email: sent.email ?? "" });
    const from = new Date(Math.max(Date.now(), Number(sent.sentAt) + pauseMs));
    const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(from);
    setSaid(errors ? words.notAsked : words.askedAgain.replace("{time}", time));
  };
  return (
    <>
      {(said === "" || said === words.notAsked) && (
        <button type="button" className="button" data-quiet="" onClick={ask}>
          {words.again}
        </button>
      )}
      <span role="status">{said}</span>
    </>
  );
}

function Plain({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button type="button" className="button" data-plain="" onClick={onClick}>
      {children}
    </button>
  );
}
