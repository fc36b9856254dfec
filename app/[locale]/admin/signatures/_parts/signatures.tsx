import { useTranslations } from "next-intl";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { lettersHere } from "@/app/[locale]/admin/_parts/letters-here";
import { Notice } from "@/app/[locale]/admin/_parts/notice";
import type { Whose } from "@/app/[locale]/admin/_parts/paths";
import type { readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { QueueFilters } from "@/app/[locale]/admin/signatures/_parts/queue-filters";
import { QueueList } from "@/app/[locale]/admin/signatures/_parts/queue-list";
import { WaitingChanges } from "@/app/[locale]/admin/signatures/_parts/waiting-changes";
import type { Admin } from "@/lib/auth/admin";
import { can } from "@/lib/auth/permissions";
import { listSignatures } from "@/lib/moderation/queries";
import { waitingChanges } from "@/lib/moderation/waiting-changes";

type Props = { locale: string; admin: Admin; whose: Whose; asked: ReturnType<typeof readAdminSearch> };

/** A list of signatures with what narrows it, of one letter or of all. */
export async function Signatures({ locale, admin, whose, asked }: Props) {
  const { filters, errors, after, noted } = asked;
  const list = await listSignatures(admin, filters, after);
  const letters = await lettersHere(admin, locale);
  return (
    <AdminFrame locale={locale} admin={admin} current="signatures" letter={whose ?? undefined}>
      <Notice locale={locale} noted={noted} />
      <div className="admin-head">
        <Title />
        <QueueFilters {...{ locale, whose, filters, errors, letters }} mayRun={can(admin.role, "bulk.run")} />
      </div>
      <WaitingChanges changes={await waitingChanges(admin, whose)} locale={locale} />
      <QueueList {...{ locale, whose, filters, letters, list, after }} />
    </AdminFrame>
  );
}

function Title() {
  return <h1 className="admin-title">{useTranslations("admin.list")("title")}</h1>;
}
