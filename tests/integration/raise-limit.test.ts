import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { LIMITS, MAIL_LIMITS, RAISE } from "@/lib/abuse/limits/limits";
import { db } from "@/lib/db/client";
import { heldMailLines } from "@/lib/mail/held-domains";
import { raiseLimit } from "@/lib/mail/raise-limit";
import { overview } from "@/lib/moderation/overview";
import { addDatabaseGauges } from "@/lib/ops/metrics/database-gauges";
import { domainKeyOf } from "@/lib/signatures/mail-allowance";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, openLetter } from "../support/letters";
import { moderator } from "../support/moderators";
import { heldMails, queuedMails } from "../support/queued-mails";

const now = new Date();
const HOST = "staff.raised.example";

it("shows moderators the domain whose day is used up, and a button lets what waits for it leave", async () => {
  const admin = await moderator();
  const { slug, id: letterId } = await openLetter();
  const key = domainKeyOf(`a@${HOST}`, false) ?? "";
  const { count } = MAIL_LIMITS.domain;
  await db.addressMail.create({ data: { addressHash: key, sentAt: Array(count).fill(now) } });
  await signLetter({ slug, locale: "en", input: individual({ email: `zoe@${HOST}` }), now });
  const { id } = await db.signature.findFirstOrThrow({ where: { letterId } });
  expect(await releaseHeldMails({ now })).toBe(0);

  const { held, domains } = await heldMailLines(admin, now);
  expect(held).toBe(1);
  expect(domains).toMatchObject([
    {
      domain: "raised.example",
      mailId: expect.any(String),
      held: 1,
      count,
      unchecked: false,
      raised: count * RAISE.times,
    },
  ]);
  const mailId = domains[0]?.mailId ?? "";
  expect((await overview(admin, "en", now)).limits).toMatchObject({ domains: 1, signings: false });
  expect(await metrics()).toContain('undersigned_limit_reached{limit="mails_of_domain"} 1');
  expect(await metrics()).toContain('undersigned_held_mails{unchecked="no"} 1');

  const reader = await moderator("reader@example.org", "READER");
  await expect(raiseLimit({ admin: reader, mailId, now })).rejects.toMatchObject({
    code: "forbidden",
  });
  await raiseLimit({ admin, mailId, now });
  expect(await db.auditEntry.count({ where: { action: "mail.raise", adminId: admin.id } })).toBe(1);
  expect(await releaseHeldMails({ now })).toBe(1);
  expect(await queuedMails(id)).toHaveLength(1);
  await expect(raiseLimit({ admin, mailId, now })).rejects.toMatchObject({ code: "conflict" });
  // The next one of the domain leaves at once.
  await signLetter({ slug, locale: "en", input: individual({ email: `ada@${HOST}` }), now });
  expect(await heldMails()).toBe(0);
  expect((await overview(admin, "en", now)).limits.domains).toBe(0);
});

it("says in the overview and the metrics which letters want a proof of work", async () => {
  const admin = await moderator();
  const { slug, id } = await openLetter();
  for (let place = 0; place < LIMITS.signingsOfLetter.points; place++)
    await signLetter({ slug, locale: "en", input: individual({ email: `p${place}@pressed.example` }), now });
  const { letters } = await overview(admin, "en", now);
  expect(letters.filter(({ pressed }) => pressed).map((letter) => letter.slug)).toEqual([slug]);
  expect(await metrics()).toContain('undersigned_limit_reached{limit="signings_of_letter"} 1');
  expect(id).toBeTruthy();
});

async function metrics(): Promise<string> {
  const register = new Registry();
  await addDatabaseGauges(register);
  return register.metrics();
}
