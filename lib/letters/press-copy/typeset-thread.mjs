// Sets one letter, in a thread of its own. It posts what was made, or why nothing was, to its starter.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import * as fontkit from "fontkit";

/**
 * The families in the order in which a character is looked for, the first file of each with all of its characters. No others
 * are used, whatever the machine has. The first is always there, the others where they are needed: the last is large.
 */
const FONTS = [
  {
    family: "Source Serif 4",
    folder: "source-serif-4",
    names: [
      "400Regular/SourceSerif4_400Regular",
      "700Bold/SourceSerif4_700Bold",
      "400Regular_Italic/SourceSerif4_400Regular_Italic",
    ],
  },
  // Noto's Arabic fonts set a letter and its dots as two shapes, which would be copied as two letters.
  {
    family: "Amiri",
    folder: "amiri",
    names: ["400Regular/Amiri_400Regular", "700Bold/Amiri_700Bold"],
  },
  // It has letters of African languages that Amiri lacks.
  {
    family: "Noto Naskh Arabic",
    folder: "noto-naskh-arabic",
    names: ["400Regular/NotoNaskhArabic_400Regular", "700Bold/NotoNaskhArabic_700Bold"],
  },
  {
    family: "Noto Sans Hebrew",
    folder: "noto-sans-hebrew",
    names: ["400Regular/NotoSansHebrew_400Regular"],
  },
  {
    family: "Noto Sans Devanagari",
    folder: "noto-sans-devanagari",
    names: ["400Regular/NotoSansDevanagari_400Regular"],
  },
  { family: "Noto Sans SC", folder: "noto-sans-sc", names: ["400Regular/NotoSansSC_400Regular"] },
];

/** Signs that have no shape: joiners, marks of direction, spaces that are not seen. */
const SHAPELESS = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

const { resolve } = createRequire(import.meta.url);
const { letter, pictures } = workerData;
const { groups, unset, ...around } = letter;

const fonts = [];
let unknown = [...new Set(JSON.stringify(letter))].filter((sign) => !SHAPELESS.test(sign));
for (const { family, folder, names } of FONTS) {
  if (unknown.length === 0) break;
  const files = names.map((name) => readFileSync(resolve(`@expo-google-fonts/${folder}/${name}.ttf`)));
  const known = new Set(fontkit.create(files[0]).characterSet);
  const left = unknown.filter((sign) => !known.has(sign.codePointAt(0)));
  if (left.length < unknown.length) fonts.push({ family, files });
  unknown = left;
}

const lacking = new Set(unknown);
const isSettable = (text) => ![...text].some((sign) => lacking.has(sign));

/** Names in a script that no font has are left out, and it is said how many; the list on the web has them. */
const set = groups.map((group) => ({
  ...group,
  entries: group.entries.filter(({ name, detail }) => isSettable(name + detail)),
}));
const left = groups.reduce((sum, { entries }, place) => sum + entries.length - set[place].entries.length, 0);

const missing = [...new Set(JSON.stringify(around))].filter((sign) => lacking.has(sign));
parentPort.postMessage(missing.length > 0 ? { missing: missing.slice(0, 20).join("") } : typeset());

function typeset() {
  const folder = import.meta.dirname;
  const compiler = NodeCompiler.create({
    workspace: folder,
    fontArgs: [{ fontBlobs: fonts.flatMap(({ files }) => files) }],
  });
  const data = {
    ...around,
    fonts: fonts.map(({ family }) => family),
    groups: set.filter(({ entries }) => entries.length > 0),
    sentences: [...around.sentences, ...(left > 0 ? [unset.replace("{count}", String(left))] : [])],
  };
  compiler.mapShadow(join(folder, "data.json"), Buffer.from(JSON.stringify(data)));
  for (const { name, bytes } of pictures)
    compiler.mapShadow(join(folder, "pictures", name), Buffer.from(bytes));
  const mainFileContent = readFileSync(join(folder, "letter.typ"), "utf8");
  const made = compiler.compile({ mainFileContent });
  const document = made.result;
  if (!document) throw Object.assign(new Error("a letter was not set"), { code: causeOf(made) });
  const { year, month, day, hour, minute, second } = letter.date;
  const creationTimestamp = Date.UTC(year, month - 1, day, hour, minute, second) / 1_000;
  return { pdf: compiler.pdf(document, { pdfStandard: "ua-1", creationTimestamp }), left };
}

/** The first words of what went wrong, as a code for the log. What follows them could quote the letter. */
function causeOf(made) {
  const { message = "" } =
    made.takeDiagnostics()?.shortDiagnostics.find(({ severity }) => severity === 1) ?? {};
  return /^[a-z ]*[a-z]/.exec(message)?.[0].replaceAll(" ", "-");
}
