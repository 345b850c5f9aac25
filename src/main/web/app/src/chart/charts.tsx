import { useEffect, useRef, useState } from 'preact/hooks';
import { scaleLinear, scaleTime } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { date } from '../format';

export interface Point {
  time: number;
  value: number;
}

const USUAL_WIDTH = 640;
const HEIGHT = 220;
const MARGIN = { top: 22, right: 12, bottom: 26, left: 62 };

/** How something grew over time, which changes in steps; lines across mark what it is measured against. */
export function StepChart({ points, marks = [], label, amount }: { points: Point[]; marks?: { value: number; name: string }[]; label: string; amount: (value: number) => string }) {
  const element = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useEffect(() => {
    // Drawn as wide as it is shown, so that its letters keep their size on a phone.
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.round(entry?.contentRect.width ?? USUAL_WIDTH))));
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  if (points.length === 0) return null;
  const times = points.map(({ time }) => time);
  const first = Math.min(...times);
  const x = scaleTime([first, Math.max(...times, first + 1)], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([0, Math.max(1, ...points.map(({ value }) => value), ...marks.map(({ value }) => value))], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const path = line<Point>(({ time }) => x(time), ({ value }) => y(value)).curve(curveStepAfter)(points);
  const under = area<Point>(({ time }) => x(time), y(0), ({ value }) => y(value)).curve(curveStepAfter)(points);
  // Within a day or two several moments would have the same name.
  const day = (at: Date | undefined) => (at ? date(at.toISOString()) : '');
  const ticks = x.ticks(Math.min(4, Math.floor(width / 140))).filter((at, i, all) => day(at) !== day(all[i - 1]));
  return (
    <svg ref={element} class="chart" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
      {y.ticks(4).map((value) => (
        <g key={value} class="grid">
          <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(value)} y2={y(value)} />
          <text x={MARGIN.left - 8} y={y(value)} dy="0.32em" text-anchor="end">
            {amount(value)}
          </text>
        </g>
      ))}
      {ticks.map((at) => (
        <text key={at.getTime()} class="tick-label" x={x(at)} y={HEIGHT - 8} text-anchor="middle">
          {date(at.toISOString())}
        </text>
      ))}
      <path class="under" d={under ?? ''} />
      <path class="line" d={path ?? ''} />
      {marks.map(({ value, name }) => (
        <g key={name} class="threshold">
          <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(value)} y2={y(value)} />
          <text x={width - MARGIN.right} y={y(value) - 5} text-anchor="end">
            {name}
          </text>
        </g>
      ))}
    </svg>
  );
}

export interface Part {
  name: string;
  value: number;
}

const COLOURS = 8;

/** The parts of a whole in one bar, the largest first; what is too small to see is put together. */
export function PartsBar({ parts, others, label, amount }: { parts: Part[]; others: string; label: string; amount: (value: number) => string }) {
  const ordered = parts.toSorted((a, b) => b.value - a.value);
  const rest = ordered.slice(COLOURS - 1).reduce((sum, { value }) => sum + value, 0);
  const shown = [...ordered.slice(0, COLOURS - 1), ...(rest > 0 ? [{ name: others, value: rest }] : [])];
  const whole = shown.reduce((sum, { value }) => sum + value, 0);
  if (whole === 0) return null;
  const starts = shown.map((_, i) => shown.slice(0, i).reduce((sum, { value }) => sum + value, 0));
  return (
    <figure class="parts">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
        {shown.map(({ name, value }, i) => (
          <rect key={name} class={`part-${i}`} x={((starts[i] ?? 0) / whole) * 100} width={(value / whole) * 100} y="0" height="8" />
        ))}
      </svg>
      <figcaption>
        {shown.map(({ name, value }, i) => (
          <span key={name}>
            <svg viewBox="0 0 8 8" aria-hidden="true">
              <rect class={`part-${i}`} width="8" height="8" />
            </svg>
            <bdi class="text">{name}</bdi> <span class="number">{amount(value)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
