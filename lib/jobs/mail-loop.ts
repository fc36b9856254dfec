import { createHash } from "node:crypto";
import type { Db } from "pg-boss";
import { mailTurn } from "@/lib/jobs/mail-turn";
import { MAIL_QUEUE, QUEUE_SCHEMA } from "@/lib/jobs/queues";

/** How long the loop rests when the database does not answer. */
const TROUBLE_MS = 2_000;
/** How long the trouble is not reported again. */
const QUIET_MS = 30_000;

export type MailLoop = {
  /** Looks at once whether there is something to send. */
  wake(): void;
  /** Lets what is being sent finish, and ends. */
  stop(): Promise<void>;
};

/** Sends mails for as long as it is not stopped, whatever happens. @param report gets lines without personal data */
export function startMailLoop(report: (line: string) => void): MailLoop {
  let stopping = false;
  let woken = false;
  let quietUntil = 0;
  let rouse = () => {};
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const turn = async () => {
    try {
      return await mailTurn({ now: () => new Date(), report });
    } catch (error) {
      const { name } = error as { name?: string };
      if (Date.now() >= quietUntil) report(`Mails wait, and are tried again: ${name ?? "unknown"}.`);
      quietUntil = Date.now() + QUIET_MS;
      return TROUBLE_MS;
    }
  };
  const run = async () => {
    while (!stopping) {
      woken = false;
      const ms = await turn();
      if (ms > 0 && !woken && !stopping) await rest(ms);
    }
  };
  const running = run();
  const wake = () => {
    woken = true;
    rouse();
  };
  const stop = () => {
    stopping = true;
    rouse();
    return running;
  };
  return { wake, stop };
}

/**
 * Has the queue's notices of new mails wake somebody; without them the loop looks by itself every two seconds.
 * @returns a function that ends it
 */
export async function listenForMails(queue: Db, wake: () => void): Promise<() => Promise<void>> {
  // pg-boss's own channel: a test fails when an upgrade names it otherwise.
  const channel = `pgboss_${createHash("sha224").update(QUEUE_SCHEMA).digest("hex").slice(0, 24)}`;
  const heard = (queueName: string) => {
    if (queueName === MAIL_QUEUE) wake();
  };
  const handle = await queue.listen?.(channel, heard, wake).catch(() => undefined);
  return async () => handle?.close();
}
