/** The course of a number, without an axis. */
export function Sparkline({ values }: { values: number[] }) {
  const [width, height] = [120, 18];
  const most = Math.max(...values, 1e-9);
  const points = values.map((value, i) => `${((i * width) / Math.max(1, values.length - 1)).toFixed(1)},${(height - 1 - (value / most) * (height - 2)).toFixed(1)}`);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width="100%" height={height} preserveAspectRatio="none" aria-hidden>
      <polyline points={points.join(" ")} fill="none" stroke="var(--mantine-color-anchor)" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
