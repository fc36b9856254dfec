import { useTranslations } from "next-intl";

const DONE = [
  "added",
  "recovered",
  "verified",
  "renamed",
  "removed",
  "sessionEnded",
  "sessionsEnded",
  "invited",
  "roleChanged",
  "memberRemoved",
  "noticesSaved",
] as const;

type DoneCode = (typeof DONE)[number];

/** Reads what the act before a page has done; undefined for what is not understood. */
export const readDone = (value: unknown): DoneCode | undefined => DONE.find((code) => code === value);

export function Done({ done }: { done?: DoneCode }) {
  const t = useTranslations("account.done");
  return (
    done && (
      <p className="notice" role="status">
        {t(done)}
      </p>
    )
  );
}
