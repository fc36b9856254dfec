import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { FirstSteps } from "@/app/[locale]/admin/_parts/first-steps";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { useReachedLimits } from "@/app/[locale]/admin/_parts/limits-reached";
import { OverviewLetter } from "@/app/[locale]/admin/_parts/overview-letter";
import { OverviewTraces } from "@/app/[locale]/admin/_parts/overview-traces";
import { TodoList } from "@/app/[locale]/admin/_parts/todo-list";
import { sessionOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { ActionList } from "@/app/[locale]/admin/signatures/_parts/history-list";
import { headsForOwners } from "@/lib/audit/heads-for-owners";
import { can, canDo, canSomewhere } from "@/lib/auth/permissions";
import { env } from "@/lib/env";
import { otherAddresses } from "@/lib/http/other-addresses";
import { localePath } from "@/lib/i18n/locales";
import { type ActionLine, lastActions } from "@/lib/moderation/history";
import { type LetterOverview, overview, type ReachedLimits } from "@/lib/moderation/overview";
import { type Todo, todoOf } from "@/lib/moderation/todo";
import { type TracesNotice, tracesNotice } from "@/lib/signatures/erasure/overview";

type Props = { params: Promise<{ locale: string }> };

const ACTIONS = 10;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.overview" }))("title") };
}

/** What to do now; below it how each letter stands, and what was done last. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { admin, mfa } = await sessionOrSignIn(locale, "letter.read");
  const now = new Date();
  const { letters, limits } = await overview(admin, locale, now);
  const todo = await todoOf(admin, mfa.passkeys, now);
  const actions = canSomewhere(admin, "signature.read")
    ? await lastActions(admin, ACTIONS, { locale })
    : null;
  const heads = can(admin.role, "audit.head") ? await headsForOwners(admin) : null;
  return (
    <AdminFrame locale={locale} admin={admin} current="overview">
      <Troubles traces={await tracesNotice(admin)} missing={heads?.missing ?? null} />
      <Now {...{ letters, limits, todo, locale }} begins={canDo(admin, "letter.create")}>
        <FirstSteps admin={admin} locale={locale} />
      </Now>
      {letters.map((letter) => (
        <OverviewLetter key={letter.slug} letter={letter} locale={locale} lists={actions !== null} />
      ))}
      {actions && <Done actions={actions} all={Boolean(heads)} locale={locale} />}
    </AdminFrame>
  );
}

type NowProps = {
  letters: LetterOverview[];
  limits: ReachedLimits;
  todo: Todo;
  locale: string;
  /** Whether they are told how to begin instead. */
  begins: boolean;
  /** What comes before everything else on a new site. */
  children: ReactNode;
};

function Now({ letters, limits, todo, locale, begins, children }: NowProps) {
  const t = useTranslations("admin.overview");
  const reached = useReachedLimits(limits, letters, locale);
  return (
    <>
      <h1 className="admin-title">{t("title")}</h1>
      {children}
      {letters.length === 0 ? (
        !begins && <p>{t("none")}</p>
      ) : (
        <TodoList {...{ letters, todo, locale }} limits={reached} />
      )}
    </>
  );
}

type TroublesProps = { traces: TracesNotice; missing: string | null };

/** What is wrong with the site itself. */
function Troubles({ traces, missing }: TroublesProps) {
  const t = useTranslations("admin");
  return (
    <>
      {missing && (
        <p className="notice" role="alert">
          {t.rich("auditHeads.missing", { head: () => <code dir="ltr">{missing}</code> })}
        </p>
      )}
      <OverviewTraces {...traces} />
      {otherAddresses(new Date()).map((host) => (
        <p key={host} className="notice">
          {t.rich("overview.otherAddress", {
            host: () => <bdi dir="ltr">{host}</bdi>,
            address: () => <bdi dir="ltr">{env().publicUrl}</bdi>,
          })}
        </p>
      ))}
    </>
  );
}

function Done({ actions, all, locale }: { actions: ActionLine[]; all: boolean; locale: string }) {
  const t = useTranslations("admin.overview");
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">{t("actions")}</h2>
      {actions.length === 0 && <p>{t("noActions")}</p>}
      <ActionList lines={actions} locale={locale} />
      {all && (
        <p className="admin-pages">
          <a className="button" data-quiet href={localePath(locale, "/admin/audit")}>
            {t("allActions")}
          </a>
        </p>
      )}
    </section>
  );
}
