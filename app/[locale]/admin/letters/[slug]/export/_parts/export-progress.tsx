"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ExportProgress as Progress } from "@/lib/moderation/export/queries";

const PAUSE_MS = 1_500;

type Props = { initial: Progress; source: string; page: string };

/** How far a file is. With JavaScript it keeps itself fresh, and shows the whole page anew at the end. */
export function ExportProgress({ initial, source, page }: Props) {
  const t = useTranslations("exports");
  const { done, total } = useFreshProgress(initial, source);
  return (
    <div className="bulk-progress">
      <p>{t("states.RUNNING")}</p>
      <progress
        value={total > 0 ? Math.min(done, total) : undefined}
        max={total || undefined}
        aria-label={t("progress")}
      />
      {total > 0 && <p>{t("progressOf", { done: Math.min(done, total), total })}</p>}
      <p>
        <a href={page}>{t("refresh")}</a>
      </p>
    </div>
  );
}

function useFreshProgress(initial: Progress, source: string): Progress {
  const [progress, setProgress] = useState(initial);
  useEffect(() => {
    const look = async () => {
      const next = await readProgress(source);
      if (next && next.state !== "RUNNING") return window.location.reload();
      setProgress({ ...(next ?? progress) });
    };
    const timer = setTimeout(look, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [progress, source]);
  return progress;
}

/** Null where the server cannot be asked just now. */
async function readProgress(source: string): Promise<Progress | null> {
  try {
    const answer = await fetch(source, { headers: { accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
