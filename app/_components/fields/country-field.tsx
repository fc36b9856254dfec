"use client";

import { type ComponentType, useEffect, useRef, useState } from "react";
import { countryList } from "@/app/_components/fields/country-list";
import type { CountrySearchProps } from "@/app/_components/fields/country-search";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";
import { whenUsed } from "@/app/_forms/when-used";

type Props = {
  label: string;
  hint?: string;
  prompt: string;
  words: CountrySearchProps["words"];
  countries: CountrySearchProps["countries"];
  defaultValue?: string;
};

/**
 * A country by the browser's own list, which stays the field that is sent, filled in by the browser and kept. Where
 * scripts run, one types into a box instead that knows "UK" and "Holland"; it comes as soon as the page is used.
 */
export function CountryField({ label, hint, prompt, words, countries, defaultValue = "" }: Props) {
  const field = useField("country");
  const list = useRef<HTMLSelectElement>(null);
  const attributes = controlAttributes(field, Boolean(hint));
  // Part of the page alone: 250 options are too much to send twice and for React to take over.
  const [options] = useState(() => ({
    __html: countryList(attributes.id, {
      ...countries,
      prompt,
      value: field.sent ? field.value : defaultValue,
    }),
  }));
  const [Search, setSearch] = useState<ComponentType<CountrySearchProps>>();
  useEffect(() => {
    let left = false;
    const load = async () => {
      const { CountrySearch } = await import("@/app/_components/fields/country-search");
      await untilLeft(list.current);
      if (!left) setSearch(() => CountrySearch);
    };
    // Without it the list is as good as ever.
    const stop = whenUsed(() => load().catch(() => undefined));
    return () => {
      left = true;
      stop();
    };
  }, []);
  return (
    <FieldFrame field={field} label={label} hint={hint}>
      {Search && <Search attributes={attributes} list={list} countries={countries} words={words} />}
      <select
        ref={list}
        className={Search ? "visually-hidden" : "input"}
        data-width="medium"
        autoComplete="country"
        {...attributes}
        {...(Search && { id: `${field.id}-list`, tabIndex: -1, "aria-hidden": true })}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: names and prompt are escaped
        dangerouslySetInnerHTML={options}
      />
    </FieldFrame>
  );
}

/** Nobody loses a list that they are choosing from. */
const untilLeft = (list: HTMLSelectElement | null) =>
  new Promise<void>((resolve) => {
    if (!list || document.activeElement !== list) resolve();
    else list.addEventListener("blur", () => resolve(), { once: true });
  });
