import type { Adapter, AdapterUser } from "next-auth/adapters";
import { adminById, admit } from "@/lib/auth/admin";
import { adminBehindSession, beginSession, endSession } from "@/lib/auth/sessions";
import { useLink } from "@/lib/auth/sign-in-links";
import { DomainError } from "@/lib/errors";

/** What next-auth calls a user. */
const toUser = ({ id, address }: { id: string; address: string }): AdapterUser => ({
  id,
  email: address,
  emailVerified: null,
});

/** Stores next-auth's links and sessions in our tables; holds only what its e-mail sign-in calls. */
export function adminAdapter(clock: () => Date): Adapter {
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
      return { sessionToken, userId, expires: await beginSession(userId, sessionToken, clock()) };
    },
    getSessionAndUser: async (sessionToken) => {
      const found = await adminBehindSession(sessionToken, clock());
      if (!found) return null;
      const { admin, expiresAt } = found;
      return { session: { sessionToken, userId: admin.id, expires: expiresAt }, user: toUser(admin) };
    },
    deleteSession: endSession,
  };
}

const user = (admin: { id: string; address: string } | null) => admin && toUser(admin);

function refuseStranger(): never {
  throw new DomainError("forbidden");
}
