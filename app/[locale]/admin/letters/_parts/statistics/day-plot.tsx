import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type Day, points } from "@/lib/counts/statistics/rules";
import { dateLocale } from "@/lib/i18n/locales";

const WIDTH = 720;
const HEIGHT = 260;
const EDGE = { top: 12, bottom: 36, start: 64, end: 12 };

/** Each line differs in its dashes and in its mark, not in colour alone. */
const LINES = [
  { what: "submitted", dashes: "2 5", mark: "circle" },
  { what: "confirmed", dashes: "9 5", mark: "square" },
  { what: "approved", dashes: undefined, mark: "triangle" },
] as const;

/** How many signatures were submitted, confirmed and approved over time; the table beside it has every number. */
export function DayPlot({ days }: { days: Day[] }) {
  const t = useTranslations("statistics");
  const format = useFormatter();
  const { by, points: all } = points(days);
  const most = Math.max(1, ...all.flatMap((day) => LINES.map(({ what }) => day[what])));
  const x = scalePoint(
    all.map(({ day }) => day),
    [EDGE.start, WIDTH - EDGE.end],
  );
  const y = scaleLinear([0, most], [HEIGHT - EDGE.bottom, EDGE.top]).nice();
  const at = (day: string) => x(day) ?? EDGE.start;
  const ticks = y.ticks(4).filter(Number.isInteger);
  const style = { timeZone: "UTC", day: "numeric", month: "short" } as const;
  const dates = new Intl.DateTimeFormat(dateLocale(useLocale()), style);
  const date = (day: string) => dates.format(new Date(day));
  const shown = [...new Set([0, Math.floor((all.length - 1) / 2), all.length - 1])];
  return (
    <figure className="plot">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t(`plot.${by}`)}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="plot-rule" x1={EDGE.start} x2={WIDTH - EDGE.end} y1={y(tick)} y2={y(tick)} />
            <text className="plot-text" x={EDGE.start - 8} y={y(tick)} dy="0.35em" textAnchor="end">
              {format.number(tick)}
            </text>
          </g>
        ))}
        {/* The drawing runs from left to right; the words of a date run as their language does. */}
        {shown.map((place) => (
          <text
            key={place}
            className="plot-text"
            x={at(all[place]?.day ?? "")}
            y={HEIGHT - 8}
            textAnchor={place === 0 ? "start" : place === all.length - 1 ? "end" : "middle"}
          >
            {`\u2068${date(all[place]?.day ?? "")}\u2069`}
          </text>
        ))}
        {LINES.map(({ what, dashes, mark }) => (
          <g key={what} className="plot-line">
            <path
              d={
                line<Day>(
                  ({ day }) => at(day),
                  (day) => y(day[what]),
                )(all) ?? ""
              }
              strokeDasharray={dashes}
            />
            {all.length <= 31 &&
              all.map((day) => <Mark key={day.day} mark={mark} x={at(day.day)} y={y(day[what])} />)}
          </g>
        ))}
      </svg>
      <figcaption>
        <ul className="plot-key">
          {LINES.map(({ what, dashes, mark }) => (
            <li key={what}>
              <svg viewBox="0 0 40 12" width="40" height="12" aria-hidden="true" className="plot-line">
                <path d="M0 6H40" strokeDasharray={dashes} />
                <Mark mark={mark} x={20} y={6} />
              </svg>
              {t(`what.${what}`)}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

type MarkProps = { mark: (typeof LINES)[number]["mark"]; x: number; y: number };

function Mark({ mark, x, y }: MarkProps) {
  if (mark === "circle") return <circle cx={x} cy={y} r={3} />;
  if (mark === "square") return <rect x={x - 3} y={y - 3} width={6} height={6} />;
  return <path className="plot-mark" d={`M${x} ${y - 4}l4 7h-8z`} />;
}
