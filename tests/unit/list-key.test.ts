import { expect, it } from "vitest";
import { listKey } from "@/lib/fields/names/list-key";

it.each([
  ["The Example Trust", "example trust"],
  ["„Beispiel“ Stiftung", "beispiel“ stiftung"],
  ["Die Beispieler", "beispieler"],
  ["L’Exemple", "exemple"],
  ["Les Exemples", "exemples"],
  ["#EndGenocide Example", "endgenocide example"],
  ["الجمعية المثالية", "جمعية المثالية"],
  // No article, or nothing besides.
  ["UN Example", "un example"],
  ["Theatre Example", "theatre example"],
  ["A", "a"],
  ["The A", "the a"],
  ["示例联盟", "示例联盟"],
])("sorts the organisation %s as %s", (name, key) => expect(listKey(name, "organisation")).toBe(key));

it.each([
  ["La Vaughn Example", "la vaughn example"],
  ["’Abd Example", "abd example"],
  ["王伟", "王伟"],
  ["الحسن", "الحسن"],
])("sorts the person %s as %s", (name, key) => expect(listKey(name, "person")).toBe(key));
