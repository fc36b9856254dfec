export const dynamic = "force-static";

/** The bare prerendered page that the benchmark compares with: Next's own, with as many lines as the sample has names. */
export default function BarePage() {
  return (
    <ul>
      {Array.from({ length: 39 }, (_, place) => `${place + 1}`).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
