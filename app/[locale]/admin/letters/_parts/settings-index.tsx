import { useTranslations } from "next-intl";
import type { OrganiserLetter } from "@/lib/letters/organiser-queries";

/** The parts of the page, by the ids of their headings. */
const PARTS = {
  times: "times",
  "hide-names": "hideNames",
  organisers: "organisers",
  signing: "signing",
  list: "list",
  pinned: "pinned",
  words: "wordsAround",
  places: "places",
  address: "slug",
  timeline: "timeline",
  unpublish: "unpublish",
} as const;

/** Leads to each part of a long page. */
export function SettingsIndex({ letter: { status } }: { letter: OrganiserLetter }) {
  const t = useTranslations("letters.settings");
  if (status === "archived") return <span />;
  const parts = Object.entries(PARTS).filter(([id]) => isThere(id, status));
  return (
    <nav className="settings-index" aria-label={t("index")}>
      <ul>
        {parts.map(([id, words]) => (
          <li key={id}>
            <a href={`#${id}-heading`}>{t(words)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isThere(id: string, status: OrganiserLetter["status"]): boolean {
  if (id === "times") return status !== "draft";
  return id !== "unpublish" || status === "open" || status === "closed";
}
