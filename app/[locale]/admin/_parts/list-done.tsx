import { useTranslations } from "next-intl";

const DONE = { blocks: ["added", "addedWide", "removed"], watching: ["added", "removed"] } as const;

/** What the change of a list before this page has done; nothing for a parameter that is not ours. */
export function ListDone({ list, done }: { list: "blocks" | "watching"; done: unknown }) {
  const t = useTranslations(`lists.${list}.done`);
  const known = DONE[list].find((one) => one === done);
  if (!known) return null;
  return (
    <p className="notice" role="status">
      {t(known)}
    </p>
  );
}
