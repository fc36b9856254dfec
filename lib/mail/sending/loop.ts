import { mailTurn } from "@/lib/mail/sending/turn";

/** How long the loop rests when the database does not answer. */
const TROUBLE_MS = 2_000;
/** How long the trouble is not reported again. */
const QUIET_MS = 30_000;

/** The channel on which the database tells of new mails, at their commit. */
export const MAIL_CHANNEL = "undersigned_mail";

type MailLoop = {
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
  const turn = () =>
    mailTurn({ now: () => new Date(), report }).catch((error: { name?: string }) => {
      if (Date.now() >= quietUntil) report(`Mails wait, and are tried again: ${error.name ?? "unknown"}.`);
      quietUntil = Date.now() + QUIET_MS;
      return TROUBLE_MS;
    });
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
