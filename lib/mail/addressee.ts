import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";

/** To whom a mail goes that is about somebody who is erased, in which language, about which version of a letter. */
export type Addressee = { to: string; locale: string; versionId: string };

const CONTEXT = "mail.addressee";

export const encryptAddressee = (addressee: Addressee): string =>
  encrypt(deploymentKey(), CONTEXT, JSON.stringify(addressee));

export const decryptAddressee = (encrypted: string): Addressee =>
  JSON.parse(decrypt(deploymentKey(), CONTEXT, encrypted));
