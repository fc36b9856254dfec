import { getServerSession } from "next-auth";
import { type Admin, adminById } from "@/lib/auth/admin";
import { authOptions } from "@/lib/auth/options";

/** The administrator who makes this request, by the session's cookie; null for everybody else. */
export async function currentAdmin(): Promise<Admin | null> {
  const session = await getServerSession(authOptions());
  return session?.adminId ? adminById(session.adminId) : null;
}
