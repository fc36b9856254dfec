"use client";

import { type ComponentType, useEffect, useRef, useState } from "react";
import type { CountrySearchProps } from "@/app/_components/fields/country-search";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";
import type { NamedCountry } from "@/lib/fields/countries/rules";

type Props = {
  label: string;
  hint?: string;
  prompt: string;
  words: CountrySearchProps["words"];
  countries: NamedCountry[];
  defaultValue?: string;
};

/**
 * A country by the browser's own list, which stays the field that is sent, filled in by the browser and kept. Where
 * scripts run, one types into a box instead that knows "UK" and "Holland".
 */
export function CountryField({ label, hint, prompt, words, countries, defaultValue = "" }: Props) {
  const field = useField("country");
  const list = useRef<HTMLSelectElement>(null);
  const [Search, setSearch] = useState<ComponentType<CountrySearchProps>>();
  useEffect(() => {
    // Without it the list is as good as ever.
    import("@/app/_components/fields/country-search")
      .then(({ CountrySearch }) => setSearch(() => CountrySearch))
      .catch(() => undefined);
  }, []);
  const attributes = controlAttributes(field, Boolean(hint));
  return (
    <FieldFrame field={field} label={label} hint={hint}>
      {Search && <Search attributes={attributes} list={list} countries={countries} words={words} />}
      <select
        ref={list}
        className={Search ? "visually-hidden" : "input"}
        data-width="medium"
        autoComplete="country"
        defaultValue={field.sent ? field.value : defaultValue}
        {...attributes}
        {...(Search && { id: `${field.id}-list`, tabIndex: -1, "aria-hidden": true })}
      >
        <option value="">{prompt}</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
