import { keyedHash } from "@/lib/encryption/hash";

/**
 * What is kept of an erased signature outside the database. An id tells its time; its keyed hash tells nothing, and
 * still finds the signature again in a restored backup.
 */
export const erasedHash = (signatureId: string) => keyedHash("erased-1", signatureId);

export const isErasedHash = (line: string) => /^[0-9a-f]{8}\.erased-1\.[\w-]{43}$/.test(line);
