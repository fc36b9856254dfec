import { expect, it } from "vitest";
import { listKey } from "@/lib/fields/names/list-key";
import { foldName } from "@/lib/fields/names/rules";

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
])("sorts the organisation %s as %s", (name, key) => expect(listKey(name, "organisation", "en")).toBe(key));

it.each([
  ["La Vaughn Example", "la vaughn example"],
  ["’Abd Example", "abd example"],
  ["王伟", "王伟"],
  ["الحسن", "الحسن"],
])("sorts the person %s as %s", (name, key) => expect(listKey(name, "person", "en")).toBe(key));

const LETTERS: Record<string, string> = {
  es: "abcnñozáé",
  tr: "abcçdegğhıiIİjoöpsştuüz",
  // Without آ: ICU's own order of it is not the same alone and before another letter.
  ar: "اأإبةتثجحخدذرزسشصضطظعغفقكلمنهوؤىيئء",
  ug: "اەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىيئ",
  "zh-Hans":
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛",
};

it.each(Object.entries(LETTERS))(
  "sorts as the alphabet of %s, with its own script first",
  (language, letters) => {
    const { compare } = new Intl.Collator(language, { sensitivity: "base" });
    const root = new Intl.Collator("en", { sensitivity: "base" }).compare;
    const [first = "", other = ""] = letters;
    const begun = [...letters, "1", "z", "д"].map((letter) => letter + other);
    const names = [...begun, ...[...letters].map((letter) => first + letter)];
    const keys = new Map(names.map((name) => [name, listKey(name, "person", language)]));
    const wrong = names.flatMap((one) =>
      names.filter((two) => {
        const wanted = compare(one, two);
        return wanted !== 0 && wanted !== root(keys.get(one) ?? "", keys.get(two) ?? "");
      }),
    );
    expect(wrong).toEqual([]);
  },
);

it("keeps names alike that are alike, and others apart", () => {
  const keys = ["王伟", "王伟明", "李伟"].map((name) => listKey(name, "person", "zh-Hans"));
  const [wei, ming, li] = keys.map((key) => [...key]);
  expect(ming?.slice(0, 2)).toEqual(wei);
  expect(li?.[1]).toBe(wei?.[1]);
  expect(new Set(keys).size).toBe(3);
  expect(listKey("Ada Example", "person", "de")).toBe(foldName("Ada Example"));
});
