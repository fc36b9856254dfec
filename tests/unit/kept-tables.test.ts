import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROJECT } from "@/lib/project-folder";
import { NOBODY } from "@/lib/signatures/engine/erase-persons";

/** Where personal data ends: by its time, with its person, its letter or its administrator. */
const ENDS = [
  "lib/retention/sweep",
  "lib/retention/leave-record",
  "lib/signatures/engine/erase-persons",
  "lib/signatures/erasure/clear-traces",
  "lib/auth/revoke-admin",
];
const PERSON = "lib/signatures/engine/erase-persons";
const CHANGES = "lib/signatures/own/forget-changes";
const ALLOWANCE = "lib/signatures/mail-allowance";
const EXPORTS = "lib/moderation/export/end-exports";
const RECORD = "lib/retention/leave-record";
const SIGN_IN = "lib/auth/sign-in-links";

/** The file that deletes what a table has of somebody. A new table belongs here, or below with why it stays. */
const DELETED_BY: Record<string, string> = {
  AddressMail: ALLOWANCE,
  AddressMove: CHANGES,
  AdminLink: SIGN_IN,
  AdminRecoveryCode: "lib/auth/revoke-admin",
  AdminSession: SIGN_IN,
  BulkAction: RECORD,
  ConfirmationLink: "lib/signatures/confirmation-link",
  Erasure: "lib/signatures/erasure/clear-traces",
  ExportFile: EXPORTS,
  ExportPiece: EXPORTS,
  Mail: "lib/mail/forget-old-mails",
  MailRaise: ALLOWANCE,
  Mailbox: PERSON,
  ManageLink: "lib/signatures/own/manage-link",
  Objection: "lib/objections/forget-objections",
  Proposal: CHANGES,
  PublicSignatory: PERSON,
  RateLimit: "lib/abuse/limits/store",
  Signatory: PERSON,
  Signature: PERSON,
  SignatureKey: PERSON,
  StopLink: "lib/mail/stop-links",
  Suppression: "lib/mail/forget-old-suppressions",
  WatchlistName: RECORD,
  WithdrawalNote: "lib/signatures/own/withdrawal-note",
};

const STAYS: Record<string, string> = {
  Admin: "The audit log names who decided.",
  AuditEntry: "What is personal in it is encrypted under the key of its signature, which goes.",
  AuditLink: "A hash of entries.",
  BlockRule: "Until an owner removes it; a data request finds it.",
  PressEdition: "Hashes of a whole edition, which was public.",
  PreviewLink: "A link to a draft, of nobody who signed.",
  SharePicture: "A hash of what the picture says.",
  WithdrawnLink: "Leads to nobody without the token, which only its mailbox has.",
};

type Column = { name: string; said: string };
type Table = { model: string; table: string; said: string; columns: Column[] };

/** The tables of the schema, each with what its comments say. */
function tables(): Table[] {
  const schema = readFileSync(join(PROJECT, "prisma/schema.prisma"), "utf8");
  const models = schema.matchAll(/((?:^\/\/\/.*\n)*)^model (\w+) \{\n([\s\S]*?)^\}/gm);
  return [...models].map(([, said = "", model = "", body = ""]) => {
    const columns = [...body.matchAll(/((?:^ *\/\/\/.*\n)*)^ +(\w+) +(?:String|Bytes|Json|Int)\b/gm)];
    return {
      ...{ model, said, table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "" },
      columns: columns.map((column) => ({ said: column[1] ?? "", name: column[2] ?? "" })),
    };
  });
}

const isSaid = (text: string) => /keyed hash|\bhashes of|SHA-256|encrypted|wrapped/i.test(text);
const isPersonal = ({ name, said }: Column) => /hash$|^encrypted|^wrapped$/i.test(name) || isSaid(said);

it("every table with hashes of somebody or with what is encrypted has an end, or says why it stays", () => {
  const personal = tables().filter(({ said, columns }) => isSaid(said) || columns.some(isPersonal));
  expect(personal.length).toBeGreaterThan(20);
  expect(personal.map(({ model }) => model).sort()).toEqual(
    [...Object.keys(DELETED_BY), ...Object.keys(STAYS)].sort(),
  );
});

it("the file that deletes it does so, and is asked to", () => {
  const read = (path: string) => readFileSync(join(PROJECT, `${path}.ts`), "utf8");
  const asked = ENDS.map(read).join("\n");
  for (const { model, table } of tables().filter(({ model }) => DELETED_BY[model])) {
    const path = DELETED_BY[model] ?? "";
    const client = `${model[0]?.toLowerCase()}${model.slice(1)}`;
    const deletes = `\\.${client}\\.(?:deleteMany|updateMany)|(?:DELETE FROM|UPDATE) ${table}\\b`;
    expect.soft(read(path), model).toMatch(new RegExp(deletes));
    expect.soft(ENDS.includes(path) || asked.includes(`"@/${path}"`), `${path} is never asked`).toBe(true);
  }
});

it("every personal column of a signature is emptied with its person", () => {
  const { columns } = tables().find(({ model }) => model === "Signature") as Table;
  const personal = columns.filter(isPersonal).map(({ name }) => name);
  expect(personal).toContain("addressHash");
  expect(Object.keys(NOBODY)).toEqual(expect.arrayContaining(personal));
});
