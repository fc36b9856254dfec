import { keyedHash } from "@/lib/encryption/hash";

/** The stored form of an administrator's recovery code. @param code in the form of `readCode` */
export const codeHash = (adminId: string, code: string) => keyedHash("admin-recovery-1", adminId, code);
