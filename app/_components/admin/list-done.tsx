import { useTranslations } from "next-intl";

/** What the change of a list before this page has done; nothing for a parameter that is not ours. */
export function ListDone({ list, done }: { list: "blocks" | "watching"; done: unknown }) {
  const t = useTranslations(`lists.${list}.done`);
  if (done !== "added" && done !== "removed") return null;
  return (
    <p className="notice" role="status">
      {t(done)}
    </p>
  );
}
