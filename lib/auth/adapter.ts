import type { Adapter, AdapterUser } from "next-auth/adapters";
import { adminById, admit } from "@/lib/auth/admin";
import type { Device } from "@/lib/auth/device";
import { beginSession, endSession, personOf, resumeSession, type Session } from "@/lib/auth/sessions";
import { useLink } from "@/lib/auth/sign-in-links";
import { DomainError } from "@/lib/errors";

/** What next-auth calls a user. */
const toUser = ({ id, address }: { id: string; address: string }): AdapterUser => ({
  id,
  email: address,
  emailVerified: null,
});

/** A user with the session that was resumed: what `authOptions` hands on. */
export type ResumedUser = AdapterUser & { resumed?: Session };

/** Stores next-auth's links and sessions in our tables; holds only what its e-mail sign-in calls. */
export function adminAdapter(clock: () => Date, device?: Device): Adapter {
  return {
    // Ours are made by `requestSignIn`; next-auth only asks whether this exists.
    createVerificationToken: () => {
      throw new DomainError("forbidden");
    },
    useVerificationToken: async ({ token }) => {
      const link = await useLink(token, clock());
      return link && { identifier: link.address, expires: link.expiresAt, token };
    },
    getUserByEmail: async (email) => user(await admit(email, clock())),
    createUser: refuseStranger,
    getUser: async (id) => user(await adminById(id)),
    updateUser: async ({ id }) => user(await adminById(id)) ?? refuseStranger(),
    createSession: async ({ sessionToken, userId }) => {
      return { sessionToken, userId, expires: await beginSession(userId, sessionToken, clock(), device) };
    },
    getSessionAndUser: async (sessionToken) => {
      const resumed = await resumeSession(sessionToken, clock());
      if (!resumed) return null;
      const person = personOf(resumed);
      const user: ResumedUser = { ...toUser(person), resumed };
      return { session: { sessionToken, userId: person.id, expires: resumed.expiresAt }, user };
    },
    deleteSession: endSession,
  };
}

const user = (admin: { id: string; address: string } | null) => admin && toUser(admin);

function refuseStranger(): never {
  throw new DomainError("forbidden");
}
