import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { direction } from "@/lib/i18n/locales";
import type { DiffBlock, DiffPart } from "@/lib/letters/difference/compare";

type Props = { blocks: DiffBlock[]; language: string; locale: string };

/** What changed between two texts, readable without colours and read aloud with words. Longer parts that are the same fold. */
export function Difference({ blocks, language, locale }: Props) {
  const t = useTranslations("letters.difference");
  if (!blocks.some(({ changed }) => changed)) return <p>{t("none")}</p>;
  return (
    <div className="difference" {...letterLanguage(language, locale)}>
      {runs(blocks).map(({ key, hidden, blocks: run }) =>
        hidden ? (
          <details key={key}>
            <summary lang={locale} dir={direction(locale)}>
              {t("same", { count: run.length })}
            </summary>
            <Blocks blocks={run} />
          </details>
        ) : (
          <Blocks key={key} blocks={run} />
        ),
      )}
    </div>
  );
}

function Blocks({ blocks }: { blocks: DiffBlock[] }) {
  return blocks.map(({ kind, parts }, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
    <p key={place} data-kind={kind}>
      {parts.map((part, of) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
        <Part key={of} part={part} />
      ))}
    </p>
  ));
}

/** Without the names of pictures' files, but where nothing else tells one from another. */
export const readText = (text: string) => text.replace(/ ?\(pictures\/[\w.-]+\)/g, "") || text;

function Part({ part }: { part: DiffPart }) {
  const t = useTranslations("letters.difference");
  const { kind } = part;
  const text = readText(part.text);
  const around = (words: ReactNode) => (
    <>
      <span className="visually-hidden">{t(kind)} </span>
      {words}
      <span className="visually-hidden"> {t("end")} </span>
    </>
  );
  if (kind === "same") return text;
  if (kind === "added") return <ins>{around(text)}</ins>;
  return kind === "removed" ? <del>{around(text)}</del> : <span className="moved">{around(text)}</span>;
}

type Run = { key: number; hidden: boolean; blocks: DiffBlock[] };

/** The blocks as they are shown: those that changed with one neighbour each, the rest folded where it is more than two. */
function runs(blocks: DiffBlock[]): Run[] {
  const near = (place: number) => [-1, 0, 1].some((step) => blocks[place + step]?.changed);
  const all: Run[] = [];
  for (const [place, block] of blocks.entries()) {
    const hidden = !near(place);
    const last = all.at(-1);
    if (last?.hidden === hidden) last.blocks.push(block);
    else all.push({ key: place, hidden, blocks: [block] });
  }
  return all.map((run) => ({ ...run, hidden: run.hidden && run.blocks.length > 2 }));
}
