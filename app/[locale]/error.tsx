"use client";

import { useLocale } from "next-intl";
import { Failure } from "@/app/_components/failure";

/** What stands where a page failed in the browser. */
export default function ErrorPage() {
  return <Failure locale={useLocale()} />;
}
