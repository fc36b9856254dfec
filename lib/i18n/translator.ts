import { createTranslator } from "use-intl/core";
import { loadMessages, type Namespace } from "@/lib/i18n/messages";

/** Gives a text of a namespace in a language, with its values filled in. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/**
 * Translates outside pages, such as in mails and on the command line.
 * @throws Error for a key that has no text
 */
export function translator(locale: string, namespace: Namespace): Translate {
  return inNamespace(locale, namespace) as Translate;
}

type Marked = (key: string, values: Record<string, string | number | ((chunks: string) => string)>) => string;

/** The same for texts with tags, each of which a function makes text of. */
export function markupTranslator(locale: string, namespace: Namespace): Marked {
  return inNamespace(locale, namespace).markup as Marked;
}

const inNamespace = (locale: string, namespace: Namespace) =>
  createTranslator({
    locale,
    namespace,
    messages: loadMessages(locale),
    timeZone: "UTC",
    onError: (error) => {
      throw error;
    },
  });
