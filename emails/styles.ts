const SANS = "'Public Sans', 'Segoe UI', Roboto, Helvetica, Arial, 'Geeza Pro', sans-serif";
const SERIF = "'Source Serif 4', Georgia, 'Times New Roman', 'Geeza Pro', serif";

// The site's paper, ink and accent; mail readers know no custom properties.
const LIGHT = {
  paper: "#fcfcfa",
  ink: "#17191e",
  quiet: "#474b54",
  rule: "#d3d6da",
  accent: "#1d3f94",
  onAccent: "#ffffff",
};
const DARK = {
  paper: "#14161a",
  ink: "#eae8e3",
  quiet: "#b6bac2",
  rule: "#363a43",
  accent: "#abc2ff",
  onAccent: "#0e1834",
};

/** Set on each element, for readers that drop style sheets. */
export const STYLES = {
  paper: {
    backgroundColor: LIGHT.paper,
    color: LIGHT.ink,
    fontFamily: SANS,
    margin: 0,
    padding: "24px 16px",
  },
  column: { maxWidth: "560px" },
  heading: { color: LIGHT.ink, fontSize: "22px", fontWeight: 600, lineHeight: "30px", margin: "0 0 16px" },
  text: { color: LIGHT.ink, fontSize: "17px", lineHeight: "26px", margin: "0 0 16px" },
  quiet: { color: LIGHT.quiet, fontSize: "15px", lineHeight: "23px", margin: "0 0 16px" },
  letter: {
    borderTop: `1px solid ${LIGHT.rule}`,
    borderBottom: `1px solid ${LIGHT.rule}`,
    margin: "0 0 16px",
    padding: "12px 0",
  },
  organiser: { color: LIGHT.quiet, fontSize: "15px", lineHeight: "23px", margin: "0" },
  title: { color: LIGHT.ink, fontFamily: SERIF, fontSize: "22px", lineHeight: "30px", margin: "4px 0 0" },
  signature: { color: LIGHT.ink, fontSize: "17px", lineHeight: "26px", margin: "4px 0 0" },
  reason: { color: LIGHT.ink, fontFamily: SERIF, fontSize: "18px", lineHeight: "28px", margin: "0 0 16px" },
  changed: { color: LIGHT.ink, fontFamily: SERIF, fontSize: "18px", lineHeight: "28px", margin: "0 0 12px" },
  button: {
    backgroundColor: LIGHT.accent,
    color: LIGHT.onAccent,
    fontSize: "17px",
    fontWeight: 600,
    lineHeight: "24px",
    padding: "12px 20px",
    textDecoration: "none",
  },
  address: {
    color: LIGHT.quiet,
    fontSize: "15px",
    lineHeight: "23px",
    margin: "0 0 24px",
    wordBreak: "break-all",
  },
} as const;

/** For readers that know style sheets: room for Naskh, and the dark colours of the site. */
export const styleSheet = ({ accent, on } = { accent: DARK.accent, on: DARK.onAccent }) => `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
[lang|="ar"] p { line-height: 1.8 !important; }
@media (prefers-color-scheme: dark) {
  .paper, .paper > table > tbody > tr > td { background-color: ${DARK.paper} !important; }
  .ink { color: ${DARK.ink} !important; }
  .quiet { color: ${DARK.quiet} !important; }
  .rule { border-color: ${DARK.rule} !important; }
  .button { background-color: ${accent} !important; color: ${on} !important; }
}`;
