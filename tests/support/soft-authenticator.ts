import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

/** What a ceremony claims about itself; tests lie in it. */
type Claims = { origin?: string; host?: string; challenge?: string; type?: string; counter?: number };

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
const encode = (data: Uint8Array) => Buffer.from(data).toString("base64url");
const USER_PRESENT = 0x01;
const HAS_KEY = 0x40;

/** A passkey in software that answers as a browser would: ES256, no attestation. */
export class SoftAuthenticator {
  readonly id = randomBytes(16);
  #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #counter = 0;
  readonly #site: { origin: string; host: string };

  constructor(publicUrl: string) {
    const { origin, hostname: host } = new URL(publicUrl);
    this.#site = { origin, host };
  }

  /** The answer to an offer, as it is posted. */
  register(options: { challenge: string }, claims: Claims = {}): string {
    const client = this.#clientData("webauthn.create", options.challenge, claims);
    const length = Buffer.from([0, this.id.length]);
    const key = Buffer.concat([Buffer.alloc(16), length, this.id, cosePublicKey(this.#keys.publicKey)]);
    const authData = new Uint8Array(Buffer.concat([this.#authData(USER_PRESENT | HAS_KEY, claims), key]));
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", authData],
    ]);
    const attestationObject = encode(isoCBOR.encode(attestation as never));
    return this.#answer({ clientDataJSON: encode(client), attestationObject, transports: ["internal"] });
  }

  /** The answer to a question for the passkey, as it is posted. */
  verify(options: { challenge: string }, claims: Claims = {}): string {
    const client = this.#clientData("webauthn.get", options.challenge, claims);
    const authData = this.#authData(USER_PRESENT, claims);
    const signed = Buffer.concat([authData, sha256(client)]);
    const signature = createSign("sha256").update(signed).sign(this.#keys.privateKey);
    const parts = { authenticatorData: encode(authData), signature: encode(signature) };
    return this.#answer({ clientDataJSON: encode(client), ...parts });
  }

  #answer(response: Record<string, unknown>): string {
    const id = encode(this.id);
    return JSON.stringify({ id, rawId: id, type: "public-key", response });
  }

  #clientData(type: string, challenge: string, claims: Claims): Buffer {
    const { origin } = this.#site;
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...plain(claims) }));
  }

  #authData(flags: number, { host = this.#site.host, counter = ++this.#counter }: Claims): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(host), Buffer.from([flags]), count]);
  }
}

const plain = ({ host: _, counter: __, ...rest }: Claims) => rest;

function cosePublicKey(key: KeyObject): Uint8Array {
  const { x = "", y = "" } = key.export({ format: "jwk" }) as { x?: string; y?: string };
  const cose = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, "base64url"))],
    [-3, new Uint8Array(Buffer.from(y, "base64url"))],
  ]);
  return isoCBOR.encode(cose as never);
}
