import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import type { Reached } from "@/app/[locale]/admin/_parts/limits-reached";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { Sign, type Signed } from "@/app/[locale]/admin/_parts/state-mark";
import { Ago } from "@/app/[locale]/admin/_parts/when";
import { localePath } from "@/lib/i18n/locales";
import { wholeView } from "@/lib/moderation/filters/rules";
import type { LetterOverview } from "@/lib/moderation/overview";
import type { Todo } from "@/lib/moderation/todo";

type Props = { letters: LetterOverview[]; todo: Todo; limits: Reached[]; locale: string };

/** What to do now, one line each with the way there; that there is nothing, where there is nothing. */
export function TodoList({ letters, todo, limits, locale }: Props) {
  const t = useTranslations("admin.todo");
  const several = letters.length > 1;
  const lines = [
    ...letters.flatMap((letter) => linesOf(letter, todo, several, locale)),
    todo.changes > 0 && (
      <Line key="changes" sign="VERIFIED" path={localePath(locale, "/admin/signatures")}>
        {t("changes", { count: todo.changes })}
      </Line>
    ),
    todo.emails > 0 && (
      <Line key="emails" sign="ATTENTION" path={localePath(locale, "/admin/emails")}>
        {t("emails", { count: todo.emails, more: todo.emails < todo.mostEmails ? "no" : "yes" })}
      </Line>
    ),
    ...limits.map(({ name, words }) => (
      <Line key={name} sign="ATTENTION">
        {words}
      </Line>
    )),
    todo.codes !== null && (
      <Line key="codes" sign="ATTENTION" path={`${localePath(locale, "/admin/account")}#codes`}>
        {t("codes", { count: todo.codes })}
      </Line>
    ),
    todo.retired > 0 && (
      <Line key="retired" sign="ATTENTION" path={localePath(locale, "/admin/protection/blocklist")}>
        {t("retired", { count: todo.retired })}
      </Line>
    ),
    todo.objections.count > 0 && (
      <Line
        key="objections"
        sign="ATTENTION"
        grave={todo.objections.late}
        path={localePath(locale, "/admin/objections")}
        more={
          todo.objections.oldest &&
          t.rich("oldest", { time: () => <Ago at={todo.objections.oldest as Date} /> })
        }
      >
        {t("objections", { count: todo.objections.count })}
      </Line>
    ),
    todo.records > 0 && (
      <Line key="records" sign="ATTENTION" path={`${localePath(locale, "/admin/data")}#records`}>
        {t("records", { count: todo.records })}
      </Line>
    ),
    todo.key && (
      <Line key="key" sign="ATTENTION" path={`${localePath(locale, "/admin/site")}#key-heading`}>
        {t("key")}
      </Line>
    ),
  ].filter(Boolean);
  if (lines.length === 0)
    return <p className="todo-none">{t(todo.decides ? "nothing" : "nothingToDecide")}</p>;
  return <ul className="todo">{lines}</ul>;
}

function linesOf(letter: LetterOverview, { now, decides, edits }: Todo, several: boolean, locale: string) {
  const { slug, waiting, oldest, closesSoon } = letter;
  const place = { letter: several ? letter : undefined, locale };
  return [
    decides && waiting.queue > 0 && (
      <Waiting
        key={`${slug}-waiting`}
        {...place}
        slug={slug}
        count={waiting.queue}
        since={oldest && now.getTime() - oldest.getTime() > LONG_MS ? oldest : null}
      />
    ),
    decides && waiting.onHold > 0 && (
      <OnHold key={`${slug}-hold`} {...place} slug={slug} count={waiting.onHold} />
    ),
    edits && closesSoon && <Closing key={`${slug}-closes`} {...place} slug={slug} at={closesSoon} />,
  ];
}

/** From when on somebody has waited long for a decision, in milliseconds. */
const LONG_MS = 3 * 86_400_000;

type OfLetter = { slug: string; letter?: LetterOverview; locale: string };

function Waiting({ slug, count, since, letter, locale }: OfLetter & { count: number; since: Date | null }) {
  const t = useTranslations("admin.overview");
  const words = useTranslations("admin.todo");
  return (
    <Line
      sign="VERIFIED"
      grave={since !== null}
      path={listPath(locale, slug, wholeView("VERIFIED"))}
      more={since && words.rich("oldest", { time: () => <Ago at={since} /> })}
      {...{ letter, locale }}
    >
      {t("waiting", { count })}
    </Line>
  );
}

function OnHold({ slug, count, letter, locale }: OfLetter & { count: number }) {
  const t = useTranslations("admin.overview");
  return (
    <Line sign="HOLD" path={listPath(locale, slug, wholeView("HOLD"))} {...{ letter, locale }}>
      {t("onHold", { count })}
    </Line>
  );
}

function Closing({ slug, at, letter, locale }: OfLetter & { at: Date }) {
  const t = useTranslations("admin.todo");
  return (
    <Line
      sign="PENDING"
      path={localePath(locale, `/admin/letters/${slug}/settings`)}
      more={<Ago at={at} />}
      {...{ letter, locale }}
    >
      {t("closes")}
    </Line>
  );
}

type LineProps = {
  sign: Signed;
  path?: string;
  grave?: boolean;
  /** Said after it. */
  more?: ReactNode;
  /** Which letter it is about, where there are several. */
  letter?: LetterOverview;
  locale?: string;
  children: ReactNode;
};

function Line({ sign, path, grave, more, letter, locale = "", children }: LineProps) {
  return (
    <li data-grave={grave || undefined}>
      <Sign name={sign} />
      <p>
        {path ? <a href={path}>{children}</a> : children} {more && <span className="note">{more}</span>}
        {letter && (
          <span className="todo-letter" {...letterLanguage(letter.textLocale, locale)}>
            {letter.title}
          </span>
        )}
      </p>
    </li>
  );
}
