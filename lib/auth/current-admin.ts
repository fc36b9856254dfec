import { getServerSession } from "next-auth";
import { type Admin, adminById } from "@/lib/auth/admin";
import { authOptions } from "@/lib/auth/options";
import { DomainError } from "@/lib/errors";

/** The administrator who makes this request, by the session's cookie; null for everybody else. */
export async function currentAdmin(): Promise<Admin | null> {
  const session = await getServerSession(authOptions());
  return session?.adminId ? adminById(session.adminId) : null;
}

/** The administrator who makes this request. @throws DomainError `forbidden` for everybody else */
export async function requireAdmin(): Promise<Admin> {
  const admin = await currentAdmin();
  if (!admin) throw new DomainError("forbidden");
  return admin;
}
