"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Progress } from "@/lib/moderation/bulk/queries";

const PAUSE_MS = 1_500;

const runs = ({ state }: Progress) => state === "RUNNING" || state === "UNDOING";

/** How far a bulk action is. With JavaScript it keeps itself fresh, and shows the whole page anew at the end. */
export function ActionProgress({ initial, path }: { initial: Progress; path: string }) {
  const t = useTranslations("bulk");
  const progress = useFreshProgress(initial, path);
  const { state, done, total } = progress;
  return (
    <div className="bulk-progress">
      <p role="status">{t(`act.${state}`)}</p>
      {runs(progress) && (
        <>
          <progress value={done} max={total} aria-label={t("progress")} />
          <p>{t("progressOf", { done, total })}</p>
          <p>
            <a href={path}>{t("refresh")}</a>
          </p>
        </>
      )}
    </div>
  );
}

function useFreshProgress(initial: Progress, path: string): Progress {
  const [progress, setProgress] = useState(initial);
  useEffect(() => {
    if (!runs(progress)) return;
    const look = async () => {
      const next = await readProgress(`${path}/progress`);
      if (next && !runs(next)) return window.location.assign(path);
      setProgress({ ...(next ?? progress) });
    };
    const timer = setTimeout(look, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [progress, path]);
  return progress;
}

/** Null where the server cannot be asked just now. */
async function readProgress(path: string): Promise<Progress | null> {
  try {
    const answer = await fetch(path, { headers: { accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
