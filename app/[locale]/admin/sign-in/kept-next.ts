import { cookies } from "next/headers";
import { type NextPage, readNext } from "@/app/[locale]/admin/_parts/account/next-page";
import { LINK_MINUTES } from "@/lib/auth/rules";
import { sessionCookie } from "@/lib/auth/session-cookie";

/** Beside the session's. */
const cookie = () => {
  const { name, options } = sessionCookie();
  return { name: `${name}-next`, options };
};
/** What a browser keeps at least of one cookie, but for its name and options. */
const MOST = 3_500;

/** Has the browser remember, while a link is on its way, which page signing in is to lead back to; or forget it. */
export async function keepNext(next: NextPage | undefined): Promise<void> {
  const { name, options } = cookie();
  const jar = await cookies();
  if (next && encodeURIComponent(next).length <= MOST)
    jar.set(name, next, { ...options, maxAge: LINK_MINUTES * 60 });
  else jar.delete({ name, ...options });
}

/** The page that was remembered, which is then forgotten. */
export async function takeNext(): Promise<NextPage | undefined> {
  const next = readNext((await cookies()).get(cookie().name)?.value);
  if (next) await keepNext(undefined);
  return next;
}
