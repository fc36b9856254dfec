import { NameList } from "@/app/_components/name-list";
import { OrganiserName } from "@/app/_components/organiser-name";
import type { LetterPage } from "@/lib/letters/cached";

/** Who publishes a letter, each linked to their site where they have one. */
export function Organisers({ letter, locale }: { letter: LetterPage; locale: string }) {
  const { organisers } = letter;
  return (
    <NameList names={organisers.map(({ name }) => name)} locale={locale}>
      {(name, place) => <OrganiserName url={organisers[place]?.url ?? null}>{name}</OrganiserName>}
    </NameList>
  );
}
