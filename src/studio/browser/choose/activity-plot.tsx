import type { View } from '../state/session.ts';

const width = 1000;
const height = 60;

/** Activity over time, with the rallies behind it and the candidates marked. */
export function ActivityPlot({ view, duration }: { readonly view: View; readonly duration: number }) {
  const { curve = [], rallies = [] } = view.activity ?? {};
  const x = (seconds: number) => ((seconds / duration) * width).toFixed(1);
  const points = curve.map(({ time, value }) => `${x(time)},${(height - (value ?? 0) * (height - 6)).toFixed(1)}`);
  return (
    <svg class="activity" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {rallies.map(({ start, end }) => (
        <rect
          key={start}
          class="rally"
          x={x(start)}
          width={Math.max(2, Number(x(end)) - Number(x(start)))}
          y="0"
          height={height}
        />
      ))}
      {points.length > 1 && (
        <polygon
          class="curve"
          points={`${x(curve[0]?.time ?? 0)},${height} ${points.join(' ')} ${x(curve.at(-1)?.time ?? 0)},${height}`}
        />
      )}
      {view.candidates.map(({ frame, time, rank }) => (
        <line key={frame} class={rank === 1 ? 'tick best' : 'tick'} x1={x(time)} x2={x(time)} y1="0" y2={height} />
      ))}
    </svg>
  );
}
