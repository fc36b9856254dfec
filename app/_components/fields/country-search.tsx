"use client";

import { useCombobox } from "downshift";
import { type InputHTMLAttributes, type RefObject, useEffect, useRef, useState } from "react";
import { type CountryNames, type NamedCountry, withOtherNames } from "@/lib/fields/countries/rules";
import { countryFinder } from "@/lib/fields/countries/search/rules";

export type CountrySearchProps = {
  attributes: InputHTMLAttributes<HTMLInputElement> & { id: string };
  /** The list whose choice this shows and makes. */
  list: RefObject<HTMLSelectElement | null>;
  /** For what organisations and in which language the list is, and what the site's organiser calls some. */
  countries: { locale: string; chosen: CountryNames; forOrganisation: boolean };
  words: { list: string; none: string };
};

/** What a list offers, with its other names. */
const countriesIn = (list: HTMLSelectElement | null, { locale, chosen }: CountrySearchProps["countries"]) =>
  [...(list?.options ?? [])]
    .filter(({ value }) => value)
    .map(({ value, text }) => withOtherNames({ code: value, name: text }, locale, chosen));

/** A box to type a country into, for the list beside it. What fits nothing stays to be mended, and chooses nothing. */
export function CountrySearch({ attributes, list, countries: choice, words }: CountrySearchProps) {
  const [countries] = useState(() => countriesIn(list.current, choice));
  const finder = useRef<ReturnType<typeof countryFinder> | null>(null);
  // All names in ten languages: made when somebody comes to the box, not when it is shown.
  const made = () => {
    finder.current ??= countryFinder(countries);
    return finder.current;
  };
  const chosen = () => countries.find(({ code }) => code === list.current?.value) ?? null;
  const [found, setFound] = useState(countries);
  const [selected, setSelected] = useState<NamedCountry | null>(chosen);
  const typed = useRef("");

  const choose = (country: NamedCountry | null) => {
    if (list.current && list.current.value !== (country?.code ?? "")) {
      list.current.value = country?.code ?? "";
      list.current.dispatchEvent(new Event("input", { bubbles: true }));
    }
    setSelected(country);
  };
  const box = useCombobox<NamedCountry>({
    inputId: attributes.id,
    items: found,
    selectedItem: selected,
    itemToString: (country) => country?.name ?? "",
    onSelectedItemChange: ({ selectedItem }) => choose(selectedItem),
    onInputValueChange: ({ inputValue, type }) => {
      typed.current = inputValue;
      if (type !== useCombobox.stateChangeTypes.InputChange) return;
      setFound(made().find(inputValue));
      if (inputValue !== selected?.name) choose(null);
    },
    onIsOpenChange: ({ isOpen, selectedItem }) => {
      if (isOpen && selectedItem) setFound(countries);
    },
    stateReducer: ({ highlightedIndex }, { type, changes }) => {
      if (type === useCombobox.stateChangeTypes.InputChange)
        return { ...changes, highlightedIndex: changes.inputValue ? 0 : -1 };
      // Leaving the box chooses what can only be meant, or was gone to, and never takes away what was typed.
      if (type !== useCombobox.stateChangeTypes.InputBlur || highlightedIndex > 0) return changes;
      const country = typed.current ? made().meant(typed.current) : null;
      return { ...changes, selectedItem: country, inputValue: country?.name ?? typed.current };
    },
  });

  useEffect(() => {
    const control = list.current;
    const follow = () => setSelected(countries.find(({ code }) => code === control?.value) ?? null);
    // The browser fills in the list, puts back its choice, or empties it.
    control?.addEventListener("change", follow);
    const emptied = () => setTimeout(follow);
    control?.form?.addEventListener("reset", emptied);
    window.addEventListener("pageshow", follow);
    return () => {
      control?.removeEventListener("change", follow);
      control?.form?.removeEventListener("reset", emptied);
      window.removeEventListener("pageshow", follow);
    };
  }, [countries, list]);

  return (
    <div className="combobox" data-width="medium">
      <input
        {...box.getInputProps({ ...attributes, name: undefined, onFocus: () => setTimeout(made) })}
        className="input"
        autoComplete="off"
        spellCheck={false}
      />
      <ul {...box.getMenuProps({ "aria-label": words.list })} hidden={!box.isOpen}>
        {box.isOpen &&
          found.map((country, index) => (
            <li key={country.code} {...box.getItemProps({ item: country, index })}>
              {country.name}
            </li>
          ))}
        {box.isOpen && found.length === 0 && <li aria-disabled="true">{words.none}</li>}
      </ul>
      {/* Said aloud: nobody goes to an entry that cannot be chosen. */}
      <span className="visually-hidden" role="status">
        {box.isOpen && found.length === 0 && words.none}
      </span>
    </div>
  );
}
