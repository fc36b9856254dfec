"use client";

import { useTranslations } from "next-intl";
import { useContext } from "react";
import { FormContext } from "@/app/_forms/use-field";

/**
 * Which version of the text the form was shown beside. Where there is a newer one when it is sent, it says where to read
 * what changed, and is sent for the newer one then.
 * @param path of the letter's versions
 */
export function ShownVersion({ version, path }: { version: number; path: string }) {
  const t = useTranslations("errors.newer");
  const { errors } = useContext(FormContext);
  const newer = errors[""]?.find((code) => code.startsWith("newerVersion:"))?.split(":")[1];
  return (
    <>
      <input type="hidden" name="version" value={newer ?? version} />
      {newer && (
        <p className="notice">
          {t.rich("text", { link: (words) => <a href={`${path}/${newer}`}>{words}</a> })}
        </p>
      )}
    </>
  );
}
