import type { NextPage } from "@/app/[locale]/admin/_parts/account/next-page";

/** The page that a form of signing in leads back to. */
export const Next = ({ next }: { next?: NextPage }) =>
  next && <input type="hidden" name="next" value={next} />;
