import { stringify } from "csv-stringify";

/** Writes lines as spreadsheets read them in every language; what one would take for a formula gets an apostrophe before it. */
export const csvWriter = () => stringify({ bom: true, escape_formulas: true, record_delimiter: "windows" });
