import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";

/** A mail to send: which, about what. Ids and encrypted texts only, so that the outbox names nobody. */
export type NewMail =
  /** `encryptedToken` under the mailbox's own key, in the context `mail.token`. */
  | { message: "confirm-signature"; mailboxHash: string; encryptedToken: string }
  | { message: SignatureMessage; signatureId: string }
  /** To an address that was typed, under the signature's own key: of the one that signed only the hash is left. */
  | { message: "manage-link"; signatureId: string; encryptedAddress: string }
  /** To whom and about which letter, encrypted under the deployment's key in the context `mail.addressee`. */
  | { message: "signature-withdrawn" | "address-moved"; encryptedAddressee: string }
  /** To both addresses of a move, the new one and the old one; `encryptedToken` under the signature's own key. */
  | { message: "address-confirm" | "address-asked"; signatureId: string; encryptedToken: string }
  /** To somebody who objects to an entry; `encryptedToken` under the objection's own key. */
  | { message: "confirm-objection"; objectionId: string; encryptedToken: string }
  | { message: "objection-decided"; objectionId: string }
  /** Encrypted under the deployment's key, in the contexts `admin.token` and `admin.address`. */
  | { message: "admin-sign-in"; encryptedToken: string; encryptedAddress: string; locale: string }
  | { message: "test-email"; encryptedAddress: string; locale: string }
  /** To an administrator by their id: who was invited, or who is told that signatures wait. */
  | { message: "admin-invitation"; adminId: string; locale: string }
  | { message: "admin-notice"; adminId: string; locale: string };

/** Mails that say how a signature stands, or what a moderator has done about it. */
export type SignatureMessage =
  | "signature-standing"
  | "signature-approved"
  | "signature-rejected"
  | "signature-corrected"
  | "signature-expert"
  | "signature-hidden"
  /** About a change that its signatory wants, or somebody who has the link. */
  | "change-proposed"
  | "show-proposed"
  | "change-approved"
  | "change-refused"
  /** Asked for, to manage one's own signatures. */
  | "manage-link"
  /** That one link has ended all others. */
  | "links-ended"
  /** That somebody says it is not genuine. */
  | "signature-objected"
  /** About a new text: of a small change; asked to confirm again; reminded of that. */
  | "text-changed"
  | "text-confirm"
  | "text-reminder";

export type Mailing = {
  /** When it may leave; at once where that has passed. */
  startAfter?: Date;
  /** Whether it is for a signing without the proof of work that was wanted: other mails go first, however many come. */
  unchecked?: boolean;
};

// Sent first: a person is waiting.
const AWAITED: NewMail["message"][] = [
  "confirm-signature",
  "manage-link",
  "links-ended",
  "address-confirm",
  "confirm-objection",
  "admin-sign-in",
  "test-email",
];
// Sent last: they go to everybody who has signed.
const TO_MANY: NewMail["message"][] = ["text-changed", "text-confirm", "text-reminder"];

/** Of two mails that are due, the one with the higher number leaves first. */
function priorityOf({ message }: NewMail, unchecked = false): number {
  if (TO_MANY.includes(message)) return -1;
  return AWAITED.includes(message) && !unchecked ? 1 : 0;
}

/**
 * Queues a mail in the caller's transaction: it is sent once that commits, and never if it does not.
 * @returns its id, by which the provider and its events know it too
 */
export async function enqueueMail(tx: Tx, mail: NewMail, mailing: Mailing = {}): Promise<string> {
  const [id = ""] = await enqueueMails(tx, [{ mail, ...mailing }]);
  return id;
}

/** Queues mails in the caller's transaction, all in one statement. @returns their ids */
export async function enqueueMails(tx: Tx, mails: ({ mail: NewMail } & Mailing)[]): Promise<string[]> {
  if (mails.length === 0) return [];
  const ids = mails.map(() => uuid());
  const signatures = mails.map(({ mail }) => ("signatureId" in mail ? mail.signatureId : null));
  const mailboxes = mails.map(({ mail }) => ("mailboxHash" in mail ? mail.mailboxHash : null));
  // The database's clock is the outbox's: a time that has passed by ours is none.
  const times = mails.map(({ startAfter }) =>
    startAfter && startAfter.getTime() > Date.now() ? startAfter : null,
  );
  await tx.$executeRaw`
    INSERT INTO mail (id, message, signature_id, mailbox_hash, recipient, payload, state, priority, queued_at, not_before)
    SELECT m.id, m.message, m.signature_id, m.mailbox_hash, CASE WHEN m.message <> 'address-confirm' THEN s.spelling_hash END, m.payload, 'WAITING', m.priority, now(), GREATEST(now(), m.at)
    FROM unnest(${ids}::uuid[], ${mails.map(({ mail }) => mail.message)}::text[], ${signatures}::uuid[], ${mailboxes}::text[],
      ${mails.map(({ mail }) => payloadOf(mail))}::jsonb[],
      ${mails.map(({ mail, unchecked }) => priorityOf(mail, unchecked))}::int[], ${times}::timestamptz[])
      AS m(id, message, signature_id, mailbox_hash, payload, priority, at)
    LEFT JOIN signature s ON s.id = m.signature_id`;
  return ids;
}

/** A mail that a limit is against, and by what it is counted. */
type HeldMail = {
  addressHash: string;
  domainKey: string | null;
  networkHash: string | null;
  unchecked: boolean;
  checked: boolean;
  /** The confirmed signatures that it says how they stand. */
  standing: string[];
};

/**
 * Holds a mail. One that is held already for the address stays in its place and serves for this one too; with a proof of
 * work it counts as a checked one, and may open the reserve.
 */
export async function insertHeld(tx: Tx, held: HeldMail, now: Date): Promise<void> {
  const { addressHash, domainKey, networkHash, unchecked, checked, standing } = held;
  await tx.$executeRaw`
    INSERT INTO mail AS h (id, message, state, address_hash, domain_key, network_hash, unchecked, checked, payload, queued_at, not_before)
    VALUES (${uuid()}::uuid, 'confirm-signature', 'HELD', ${addressHash}, ${domainKey}, ${networkHash}, ${unchecked}, ${checked},
      ${JSON.stringify({ standing })}::jsonb, ${now}, ${now})
    ON CONFLICT (address_hash) WHERE state = 'HELD' DO UPDATE SET
      payload = jsonb_build_object('standing',
        COALESCE(h.payload->'standing', '[]')
          || ((EXCLUDED.payload->'standing') - ARRAY(SELECT jsonb_array_elements_text(h.payload->'standing')))),
      unchecked = h.unchecked AND EXCLUDED.unchecked,
      checked = h.checked OR EXCLUDED.checked,
      network_hash = CASE WHEN EXCLUDED.checked AND NOT h.checked OR h.unchecked AND NOT EXCLUDED.unchecked
        THEN EXCLUDED.network_hash ELSE h.network_hash END,
      domain_key = CASE WHEN h.unchecked AND NOT EXCLUDED.unchecked THEN EXCLUDED.domain_key ELSE h.domain_key END,
      not_before = CASE WHEN EXCLUDED.checked AND NOT h.checked OR h.unchecked AND NOT EXCLUDED.unchecked
        THEN EXCLUDED.not_before ELSE h.not_before END`;
}

const ABOUT = ["signatureId", "mailboxHash"];

/** What a mail says besides its message and what it is about, as its row keeps it. */
function payloadOf(mail: NewMail): string | null {
  const { message, ...rest } = mail;
  const payload = Object.entries(rest).filter(([name]) => !ABOUT.includes(name));
  return payload.length > 0 ? JSON.stringify(Object.fromEntries(payload)) : null;
}
