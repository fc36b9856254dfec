"use client";

import { useEffect, useState } from "react";

type Props = {
  text: string;
  address?: string;
  labels: { copy: string; copied: string; send: string };
  /** Offers the system's own way of passing on, where it has one. */
  sends?: boolean;
};

/** Buttons that copy a text, and hand it to the system; without a script there are none. */
export function CopyAndShare({ text, address, labels, sends }: Props) {
  const [ways, setWays] = useState({ copies: false, sends: false });
  const [copied, setCopied] = useState(false);
  const whole = [text, address].filter(Boolean).join(" ");
  useEffect(() => {
    // Browsers offer both only where the page came by a safe way.
    setWays({ copies: "clipboard" in navigator, sends: sends === true && "share" in navigator });
  }, [sends]);
  const copy = () =>
    navigator.clipboard.writeText(whole).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  // Anyone who closes the system's sheet has decided otherwise, which is no error.
  const send = () => navigator.share({ text, url: address }).catch(() => undefined);
  return (
    <div className="button-row">
      {ways.copies && (
        <button className="button" data-quiet="" type="button" onClick={copy}>
          {labels.copy}
        </button>
      )}
      {ways.sends && (
        <button className="button" data-quiet="" type="button" onClick={send}>
          {labels.send}
        </button>
      )}
      <span role="status">{copied && labels.copied}</span>
    </div>
  );
}
