import { createTranslator } from "use-intl/core";
import { loadMessages, type Namespace } from "@/lib/i18n/messages";

/** Gives a text of a namespace in a language, with its values filled in. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/**
 * Translates outside pages, such as in mails and on the command line.
 * @throws Error for a key that has no text
 */
export function translator(locale: string, namespace: Namespace): Translate {
  const translate = createTranslator({
    locale,
    namespace,
    messages: loadMessages(locale),
    timeZone: "UTC",
    onError: (error) => {
      throw error;
    },
  });
  return translate as Translate;
}
