import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { prepareQueue } from "@/lib/jobs/prepare-queue";
import { startWorker } from "@/lib/jobs/worker";
import { enqueueMail } from "@/lib/mail/outbox";

const mail = () =>
  ({
    message: "admin-sign-in",
    encryptedToken: uuid(),
    encryptedAddress: "encrypted",
    locale: "en",
  }) as const;

const rows = (id: string) =>
  db.mail.findMany({ where: { id }, select: { id: true, state: true, message: true, payload: true } });

test("queues a mail when the transaction commits, and none when it does not", async () => {
  const wanted = mail();
  const kept = await db.$transaction((tx) => enqueueMail(tx, wanted));
  const { message, ...payload } = wanted;
  expect(await rows(kept)).toEqual([{ id: kept, state: "WAITING", message, payload }]);

  let lost = "";
  const undone = db.$transaction(async (tx) => {
    lost = await enqueueMail(tx, mail());
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await rows(lost)).toEqual([]);
});

test("queues from more transactions at once than there are connections", async () => {
  const ids = await Promise.all(
    Array.from({ length: 40 }, () => db.$transaction((tx) => enqueueMail(tx, mail()))),
  );
  expect(new Set(ids).size).toBe(40);
});

test("adds one statement to the transaction", async () => {
  const statements: string[] = [];
  await db.$transaction(async (tx) => {
    const counting = new Proxy(tx, {
      get: (target, property) => {
        const value = Reflect.get(target, property);
        if (typeof value !== "function" || !String(property).startsWith("$")) return value;
        return (...words: unknown[]) => {
          statements.push(String(property));
          return value.apply(target, words);
        };
      },
    });
    await enqueueMail(counting, mail());
  });
  expect(statements).toEqual(["$executeRaw"]);
});

test("is prepared again without harm, and workers know its schedules once", async () => {
  for (let again = 0; again < 2; again++) {
    await prepareQueue(process.env.DATABASE_URL ?? "");
    await (await startWorker(() => undefined)).stop();
  }
  const schedules = await db.$queryRaw`SELECT name, cron FROM pgboss.schedule ORDER BY name`;
  expect(schedules).toEqual([
    { name: "clear-traces", cron: expect.stringMatching(/^11 \d+ \* \* \*$/) },
    { name: "housekeeping", cron: "*/5 * * * *" },
    { name: "notices", cron: "* * * * *" },
    { name: "press-copy", cron: "* * * * *" },
  ]);
});
