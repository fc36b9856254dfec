"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";
import { accentShades } from "@/lib/site/accent/rules";

/** About that of the program's own accent, from which the slider starts. */
const OWN_HUE = 266;

/** A hue by its number, and, with a script, by a slider with what comes of it in light and in dark. */
export function AccentField({ hue }: { hue: number | null }) {
  const t = useTranslations("setup.accent");
  const field = useField("accentHue");
  const [typed, setTyped] = useState(field.sent ? field.value : String(hue ?? ""));
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const shown = /^\d{1,3}$/.test(typed) && Number(typed) < 360 ? Number(typed) : null;
  return (
    <>
      <FieldFrame field={field} label={t("hue")} hint={t("hint")} optional>
        <input
          className="input"
          data-width="short"
          inputMode="numeric"
          dir="ltr"
          value={typed}
          onChange={({ target }) => setTyped(target.value.trim())}
          {...controlAttributes(field, true, true)}
        />
      </FieldFrame>
      {live && (
        <>
          <input
            type="range"
            className="hue-range"
            min={0}
            max={359}
            dir="ltr"
            value={shown ?? OWN_HUE}
            aria-label={t("slider")}
            onChange={({ target }) => setTyped(target.value)}
          />
          {shown !== null && <Samples hue={shown} />}
        </>
      )}
    </>
  );
}

function Samples({ hue }: { hue: number }) {
  const t = useTranslations("setup.accent");
  const place = useRef<HTMLDivElement>(null);
  const shades = accentShades(hue);
  useEffect(() => {
    // By the object model: the page's policy takes no style attributes.
    for (const sample of place.current?.children ?? []) {
      const { accent, on } = shades[sample.className.endsWith("dark") ? "dark" : "light"];
      (sample as HTMLElement).style.setProperty("--accent", accent);
      (sample as HTMLElement).style.setProperty("--on-accent", on);
    }
  });
  return (
    <div className="accent-samples" ref={place} aria-hidden="true">
      {(["light", "dark"] as const).map((ground) => (
        <p key={ground} className={`accent-sample ${ground}`}>
          <span className="accent-link">{t("sampleLink")}</span>
          <span className="button">{t("sampleButton")}</span>
        </p>
      ))}
    </div>
  );
}
