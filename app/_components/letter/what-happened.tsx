import { useTranslations } from "next-intl";
import { Day } from "@/app/_components/letter/date";
import type { LetterPage } from "@/lib/letters/cached";

/** What the organiser says of a closed letter, and tells of what has happened to it; nothing where there is nothing. */
export function WhatHappened({ letter: { status, closingNote, timeline } }: { letter: LetterPage }) {
  const t = useTranslations("letters.public");
  return (
    <>
      {status === "closed" && closingNote && (
        <section className="section row" aria-labelledby="closing-note">
          <h2 className="section-title" id="closing-note">
            {t("closingNote")}
          </h2>
          <p className="main prose organiser-words" dir="auto">
            {closingNote}
          </p>
        </section>
      )}
      {timeline.length > 0 && (
        <section className="section row" aria-labelledby="timeline">
          <h2 className="section-title" id="timeline">
            {t("timeline")}
          </h2>
          <ol className="main timeline">
            {timeline.map(({ day, text, url }) => (
              <li key={`${day.toISOString()} ${text}`}>
                <Day date={day} />
                <span>
                  {url ? (
                    <a href={url} rel="noopener noreferrer">
                      <bdi>{text}</bdi>
                    </a>
                  ) : (
                    <bdi>{text}</bdi>
                  )}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
