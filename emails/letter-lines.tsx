import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import { STYLES } from "@/emails/styles";

/** Which letter of which organiser a mail is about, in the organiser's words. */
export type LetterLinesProps = {
  title: string;
  organiserName: string;
  lang: string;
  dir: "ltr" | "rtl";
  /** Whose signature of it, where the reader has several. */
  signature?: { label: string; name: string };
};

/** The letter as its page heads it: who says it, then the title, in the letter's own language and direction. */
export function LetterLines({ title, organiserName, lang, dir, signature }: LetterLinesProps) {
  return (
    <Section className="rule" style={STYLES.letter}>
      <Text className="quiet" style={STYLES.organiser}>
        <bdi>{organiserName}</bdi>
      </Text>
      <Text className="ink" style={STYLES.title} lang={lang}>
        <bdi dir={dir}>{title}</bdi>
      </Text>
      {signature && (
        <Text className="ink" style={STYLES.signature}>
          {signature.label} <bdi>{signature.name}</bdi>
        </Text>
      )}
    </Section>
  );
}
