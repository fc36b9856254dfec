import { beforeAll, describe, expect, inject, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { addBlock } from "@/lib/blocking/add-block";
import { isBlocked } from "@/lib/blocking/cached";
import { listBlocks } from "@/lib/blocking/queries";
import { removeBlock } from "@/lib/blocking/remove-block";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import { signLetter } from "@/lib/signatures/sign-letter";
import { dumpDatabase } from "../support/database";
import { individual, later, NOW, openLetter } from "../support/letters";
import { listening } from "../support/listening";
import { moderator } from "../support/moderators";

let admin: Admin;

beforeAll(async () => {
  expect(inject("postgres")).toBeDefined();
  admin = await moderator();
});

const block = {
  kind: "ADDRESS",
  pattern: "faker@example.com",
  reason: "Wrote that they fake names.",
} as const;

describe("the block list", () => {
  it("says who, when and why, keeps a rule once, and leaves a trace of its end", async () => {
    const id = (await addBlock({ admin, block, now: NOW })) ?? "";
    expect(await addBlock({ admin, block, now: NOW })).toBeNull();
    expect(await listBlocks(admin)).toEqual([{ ...block, id, by: "mona@example.org", createdAt: NOW }]);
    await removeBlock({ admin, id, now: NOW });
    await removeBlock({ admin, id, now: NOW });
    expect(await listBlocks(admin)).toEqual([]);
    const audit = await db.auditEntry.findMany({ where: { action: { startsWith: "block." } } });
    expect(audit.map(({ action, adminId }) => [action, adminId]).sort()).toEqual([
      ["block.add", admin.id],
      ["block.remove", admin.id],
    ]);
  });

  it("names nobody in the clear", async () => {
    await addBlock({ admin, block, now: NOW });
    const dump = await dumpDatabase(env().databaseUrl);
    expect(dump).not.toContain("faker@");
    expect(dump).not.toContain("fake names");
  });

  it("is known to every process as soon as it changes", async () => {
    const stop = await listening();
    const one = { email: "x@mail.blocked.example", network: null };
    expect(await isBlocked(one)).toBeNull();
    const domain = { kind: "DOMAIN", pattern: "blocked.example", reason: "Throwaway." } as const;
    const id = (await addBlock({ admin, block: domain, now: NOW })) ?? "";
    await expect.poll(() => isBlocked(one), { timeout: 2_000 }).toBe("DOMAIN");
    await removeBlock({ admin, id, now: NOW });
    await expect.poll(() => isBlocked(one), { timeout: 2_000 }).toBeNull();
    await stop();
    cache.clear();
  });

  it("keeps every mail from an address that it names, the one with a fresh link too", async () => {
    const { slug } = await openLetter();
    const email = "somebody@no-mail.example";
    const mails = () => db.$queryRaw<unknown[]>`SELECT 1 FROM pgboss.job WHERE name = 'mail'`;
    const before = await mails();
    const domain = { kind: "DOMAIN", pattern: "no-mail.example", reason: "Throwaway." } as const;
    await addBlock({ admin, block: domain, now: NOW });
    cache.clear();
    await signLetter({ slug, locale: "en", input: individual({ email }), now: NOW });
    const [signature] = await db.signature.findMany({ where: { letter: { slug } } });
    expect(signature).toMatchObject({ state: "PENDING", quarantine: "BLOCKED" });
    await requestNewLink({ email, now: later(60) });
    expect(await mails()).toHaveLength(before.length);
    const other = individual({ email: "somebody@mail.example" });
    await signLetter({ slug, locale: "en", input: other, now: NOW });
    await requestNewLink({ email: other.email, now: later(60) });
    expect(await mails()).toHaveLength(before.length + 2);
  });

  it("is read by a reader and edited by nobody without the right", async () => {
    const reader = await moderator("rita@example.org", "READER");
    expect((await listBlocks(reader)).length).toBeGreaterThan(0);
    const refused = { code: "forbidden" };
    await expect(addBlock({ admin: reader, block, now: NOW })).rejects.toMatchObject(refused);
    const [{ id } = { id: "" }] = await listBlocks(admin);
    await expect(removeBlock({ admin: reader, id, now: NOW })).rejects.toMatchObject(refused);
    expect((await listBlocks(admin)).some((rule) => rule.id === id)).toBe(true);
  });
});
