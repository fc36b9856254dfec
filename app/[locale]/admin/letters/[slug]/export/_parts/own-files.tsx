import { useFormatter, useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import type { NextPage } from "@/app/[locale]/admin/_parts/account/next-page";
import { exportFilePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { ExportProgress } from "@/app/[locale]/admin/letters/[slug]/export/_parts/export-progress";
import type { SessionMfa } from "@/lib/auth/rules";
import { publicId } from "@/lib/http/public-ids";
import type { OwnExport } from "@/lib/moderation/export/queries";
import { SHEET_ROWS } from "@/lib/moderation/export/rules";

type Props = {
  files: OwnExport[];
  slug: string;
  locale: string;
  mfa: SessionMfa;
  confirmed: boolean;
  /** The address of the page, and the same for who confirms who they are. */
  path: string;
  next: NextPage;
};

/** The files that the administrator has asked for, newest first. */
export function OwnFiles({ files, slug, locale, mfa, confirmed, path, next }: Props) {
  const t = useTranslations("exports");
  if (files.length === 0) return null;
  const locked = !confirmed && files.some(({ state, delicate }) => state === "DONE" && delicate);
  return (
    <section aria-labelledby="files">
      <h2 id="files">{t("files")}</h2>
      <ul className="rows export-files">
        {files.map((file) => (
          <li key={publicId(file.id)}>
            <p className="note">
              {t.rich("madeAt", {
                format: t(`formats.${file.format}`),
                time: () => <When at={file.createdAt} />,
              })}
            </p>
            {file.has !== "none" && (
              <p>
                <strong>{t(`has.${file.has}`)}</strong>
              </p>
            )}
            <File {...{ file, slug, locale, path }} locked={file.delicate && !confirmed} />
          </li>
        ))}
      </ul>
      <p className="note">{t("delete")}</p>
      {locked && <ConfirmFirst {...{ locale, next, mfa }} why={t("downloadAgain")} />}
    </section>
  );
}

type FileProps = Pick<Props, "slug" | "locale" | "path"> & { file: OwnExport; locked: boolean };

function File({ file, slug, locale, path, locked }: FileProps) {
  const t = useTranslations("exports");
  const format = useFormatter();
  const { id, state, done, total, problem, bytes, expiresAt } = file;
  const own = exportFilePath(locale, slug, id);
  if (state === "RUNNING")
    return (
      <FormMessages locale={locale} also={["exports"]}>
        <ExportProgress initial={{ state, done, total }} source={`${own}/progress`} page={path} />
      </FormMessages>
    );
  if (state === "FAILED")
    return <p>{t(problem ? `problems.${problem}` : "states.FAILED", { rows: SHEET_ROWS })}</p>;
  if (state !== "DONE" || !expiresAt) return <p>{t(`states.${state}`, { count: total, size: "" })}</p>;
  return (
    <>
      <p>
        {t("states.DONE", { count: total, size: sizeWords(bytes, format) })}
        <span className="note export-note">{t.rich("until", { time: () => <When at={expiresAt} /> })}</span>
      </p>
      {!locked && (
        <a className="button" href={`${own}/file`}>
          {t("download")}
        </a>
      )}
    </>
  );
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A size as people say it. */
function sizeWords(bytes: number, format: ReturnType<typeof useFormatter>): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const amount = bytes / 1_000 ** power;
  return format.number(amount, { style: "unit", unit: UNITS[power], maximumSignificantDigits: 2 });
}
