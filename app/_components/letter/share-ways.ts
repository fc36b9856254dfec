import type { ShareWords } from "@/app/_components/letter/share-words";

/**
 * Where a plain link passes a letter on. Signal takes no text from a link on any system: people paste the
 * address there.
 */
export function shareWays({ address, text }: ShareWords, subject: string) {
  const [link, both] = [encodeURIComponent(address), encodeURIComponent(`${text} ${address}`)];
  return {
    email: `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(`${text}\r\n\r\n${address}`)}`,
    whatsapp: `https://wa.me/?text=${both}`,
    // Asks for the reader's own server.
    mastodon: `https://share.joinmastodon.org/#text=${both}`,
    bluesky: `https://bsky.app/intent/compose?text=${both}`,
    linkedin: `https://www.linkedin.com/sharing/share-offsite/?url=${link}`,
  };
}
