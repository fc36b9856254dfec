"use client";

import { useEffect, useState } from "react";
import type { KeptValues } from "@/app/_forms/kept-values";
import {
  correctSent,
  dropSent,
  readSent,
} from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/sent-values";
import { CORRECTION_MS } from "@/lib/signatures/rules";

type Props = {
  slug: string;
  /** The form's path, without the kind of signatory. */
  form: string;
  words: { sentTo: string; correct: string; clear: string };
};

/**
 * Shows the address that this browser has just sent, and leads back to the form with all that was sent. Nothing of it
 * comes from the server, and leaving the page or ten minutes end it.
 */
export function SentAddress({ slug, form, words }: Props) {
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

  function correct() {
    if (!sent) return;
    // After the page is left: leaving it forgets.
    window.addEventListener("pagehide", () => correctSent(slug, sent), { once: true });
    window.location.assign(`${form}?as=${sent.as}`);
  }
  return (
    <>
      <p>
        {words.sentTo} <strong dir="ltr">{sent.email}</strong>
      </p>
      <div className="button-row">
        <button type="button" className="button" data-quiet="" onClick={correct}>
          {words.correct}
        </button>
        <button
          type="button"
          className="button"
          data-quiet=""
          onClick={() => {
            dropSent(slug);
            setSent(null);
          }}
        >
          {words.clear}
        </button>
      </div>
    </>
  );
}
