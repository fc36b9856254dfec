import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { enqueueMail, prepareQueue } from "@/lib/jobs/queue";

const mail = () => ({ message: "signature-standing", signatureId: uuid() }) as const;

type Row = { id: string; state: string; data: unknown };
const jobs = (id: string) => db.$queryRaw<Row[]>`
  SELECT id::text, state::text, data FROM pgboss.job WHERE id = ${id}::uuid`;

test("queues a mail when the transaction commits, and none when it does not", async () => {
  const wanted = mail();
  const kept = await db.$transaction((tx) => enqueueMail(tx, wanted));
  expect(await jobs(kept)).toEqual([{ id: kept, state: "created", data: wanted }]);

  let lost = "";
  const undone = db.$transaction(async (tx) => {
    lost = await enqueueMail(tx, mail());
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await jobs(lost)).toEqual([]);
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
  expect(statements).toEqual(["$queryRawUnsafe"]);
});

test("is prepared again without harm, and knows its schedule once", async () => {
  await prepareQueue(process.env.DATABASE_URL ?? "");
  await prepareQueue(process.env.DATABASE_URL ?? "");
  const schedules = await db.$queryRaw`SELECT name, cron FROM pgboss.schedule`;
  expect(schedules).toEqual([{ name: "housekeeping", cron: "*/5 * * * *" }]);
});
