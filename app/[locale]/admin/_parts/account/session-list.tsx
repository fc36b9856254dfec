import { useTranslations } from "next-intl";
import { useDeviceWords } from "@/app/[locale]/admin/_parts/account/device-words";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { OwnSession } from "@/lib/auth/own-sessions";
import { IDLE_MINUTES, SESSION_HOURS } from "@/lib/auth/rules";
import { publicId } from "@/lib/http/public-ids";

type Props = {
  sessions: OwnSession[];
  /** The one that this request belongs to. */
  current: string;
  action: string;
};

/** One's own sessions, each with a button that ends it. */
export function SessionList({ sessions, current, action }: Props) {
  const t = useTranslations("account.sessions");
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t("title")}</h2>
      <p className="note">{t("text", { minutes: IDLE_MINUTES, hours: SESSION_HOURS })}</p>
      <ul className="rows">
        {sessions.map((session) => (
          <Line
            key={publicId(session.id)}
            session={session}
            current={session.id === current}
            action={action}
          />
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action={action} className="admin-buttons">
          <input type="hidden" name="form" value="endOthers" />
          <button className="button" data-quiet type="submit">
            {t("endOthers")}
          </button>
        </form>
      )}
    </section>
  );
}

function Line({ session, current, action }: { session: OwnSession; current: boolean; action: string }) {
  const t = useTranslations("account.sessions");
  const words = useDeviceWords()(session.device);
  return (
    <li>
      <div className="line">
        <p>
          <strong>{words}</strong> {current && t("this")}
        </p>
        <p className="note">
          {t.rich("begun", { time: () => <When at={session.createdAt} /> })}{" "}
          {t.rich("seen", { time: () => <When at={session.seenAt} /> })}{" "}
          {!session.verified && t("unverified")}
        </p>
        {!current && (
          <form method="post" action={action}>
            <input type="hidden" name="form" value={`endSession.${publicId(session.id)}`} />
            <button type="submit" className="admin-link">
              {t("end")} <span className="visually-hidden">{words}</span>
            </button>
          </form>
        )}
      </div>
    </li>
  );
}
