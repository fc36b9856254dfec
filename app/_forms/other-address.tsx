"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { isOwnOrigin } from "@/lib/http/origin";

const Own = createContext("");

/** Tells the forms inside where readers reach the site. */
export function SiteAddress({ value, children }: { value: string; children: ReactNode }) {
  return <Own value={value}>{children}</Own>;
}

const never = () => () => undefined;
const here = () => window.location.href;

/**
 * Says that a form does not work where the site was opened, before somebody has typed anything, and leads to the page at
 * the site's own address. Without a script the answer to the form says it.
 */
export function OtherAddress() {
  const t = useTranslations("site");
  const own = useContext(Own);
  const href = useSyncExternalStore(never, here, () => "");
  if (!own || !href) return null;
  const { origin, pathname, search } = new URL(href);
  if (isOwnOrigin(origin, own)) return null;
  const values = { address: () => <bdi dir="ltr">{own}</bdi> };
  return (
    <div className="notice" role="alert">
      <p>{t.rich("refused.other-address.text", values)}</p>
      <p>
        <a href={`${own}${pathname}${search}`}>{t.rich("refused.open", values)}</a>
      </p>
    </div>
  );
}
