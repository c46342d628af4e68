import { useElementSize } from "@mantine/hooks";
import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { outcomes, type OutcomePoint } from "../../components/outcomes";
import { spanWords } from "../../text/days";
import { counted } from "../../text/numbers";
import { axisTime } from "../../text/times";
import { barAt, perWords, spanOf } from "./histogram";
import classes from "./Histogram.module.css";

interface Props {
  points: OutcomePoint[];
  step: number;
  height: number;
  onNarrow: (from: number, to: number) => void;
}

/** Counts over time. Dragging over bars narrows to them; so do the arrow keys (with Shift for more of them) and Enter. */
export function Histogram({ points, step, height, onNarrow }: Props) {
  const { ref, width } = useElementSize();
  const [chosen, setChosen] = useState<{ anchor: number; end: number; isDragged: boolean } | null>(null);
  const span = chosen && spanOf(points, step, chosen.anchor, chosen.end);
  const most = Math.max(1, ...points.map(sumOf));

  function narrow() {
    if (span) onNarrow(span.from, span.to);
    setChosen(null);
  }

  function barUnder(event: PointerEvent<HTMLElement>): number {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    return barAt((event.clientX - left) / wide, points.length);
  }

  function onKeyDown(event: KeyboardEvent) {
    const direction = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (direction !== 0) {
      const end = Math.max(0, Math.min(points.length - 1, chosen ? chosen.end + direction : direction < 0 ? points.length - 1 : 0));
      setChosen({ anchor: event.shiftKey && chosen ? chosen.anchor : end, end, isDragged: false });
    } else if (event.key === "Enter" && span) narrow();
    else if (event.key === "Escape" && chosen) setChosen(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const total = span ? points.filter(({ at }) => at >= span.from && at < span.to).reduce((sum, point) => sum + sumOf(point), 0) : 0;
  const words = span ? `${spanWords(span.from, span.to)}: ${counted(total, "event")}` : "";
  return (
    <div>
      <div
        ref={ref} className={classes.chart} style={{ height }} tabIndex={0} role="group" aria-label={`Events ${perWords(step)}. Drag over it, or use the arrow keys with Shift and then Enter, to narrow the time.`} onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.pointerType === "mouse" && event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const bar = barUnder(event);
          setChosen({ anchor: bar, end: bar, isDragged: true });
        }}
        onPointerMove={(event) => {
          const bar = barUnder(event);
          if (chosen?.isDragged) setChosen({ ...chosen, end: bar });
          else if (event.pointerType === "mouse") setChosen({ anchor: bar, end: bar, isDragged: false });
        }}
        onPointerUp={() => chosen?.isDragged && narrow()} onPointerCancel={() => setChosen(null)} onPointerLeave={() => chosen && !chosen.isDragged && setChosen(null)} onBlur={() => setChosen(null)}
      >
        <svg width="100%" height={height} aria-hidden>
          {chosen && <rect className={chosen.isDragged ? classes.dragged : classes.pointed} x={(Math.min(chosen.anchor, chosen.end) / points.length) * width} width={((Math.abs(chosen.end - chosen.anchor) + 1) / points.length) * width} y={0} height={height} />}
          {points.map((point, index) => <Bar key={point.at} point={point} x={(index / points.length) * width} width={width / points.length} height={height} most={most} />)}
        </svg>
        {words && <div className={classes.tip} style={{ left: `${Math.max(14, Math.min(86, (((chosen?.end ?? 0) + 0.5) / points.length) * 100))}%` }} aria-hidden>{words}</div>}
      </div>
      <Axis points={points} />
      <div className={classes.spoken} role="status">{chosen && !chosen.isDragged ? words : ""}</div>
    </div>
  );
}

function Bar({ point, x, width, height, most }: { point: OutcomePoint; x: number; width: number; height: number; most: number }) {
  const gap = width > 4 ? 1 : 0;
  const total = sumOf(point);
  if (total === 0) return null;
  // However few they are, they are to be seen.
  const full = Math.max(2, (total / most) * (height - 4));
  return outcomes.map(({ name, area }, index) => {
    const below = outcomes.slice(0, index).reduce((sum, one) => sum + point[one.name], 0);
    const [tall, base] = [(point[name] / total) * full, (below / total) * full];
    return point[name] > 0 && <rect key={name} x={x + gap / 2} width={Math.max(1, width - gap)} y={height - base - tall} height={tall} fill={area} />;
  });
}

function Axis({ points }: { points: OutcomePoint[] }) {
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  const places = [0, 0.25, 0.5, 0.75].map((share) => ({ share, at: points[Math.floor(share * points.length)]?.at ?? 0 }));
  return <div className={classes.axis} aria-hidden>{places.map(({ share, at }) => <span key={share} style={{ left: `${share * 100}%` }}>{axisTime(at, span)}</span>)}</div>;
}

const sumOf = (point: OutcomePoint): number => point.success + point.failure + point.denied;
