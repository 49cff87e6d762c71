import { memo, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { DatasetInfo } from '../../../shared/model/dataset.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { axisTime } from '../../stores/acquisition-times.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { goTo } from '../../stores/playback-effects.ts';
import type { ViewFacts } from '../../stores/use-view-facts.ts';
import { numbersOf, useParticleTable } from '../../stores/particle-tables.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { useViews } from '../../stores/view-store.ts';
import { CountBars } from '../particles/CountBars.tsx';
import { StripThumbnails } from './StripThumbnails.tsx';
import { stripTicks } from './strip-ticks.ts';
import { secondsText } from './time-text.ts';
import styles from './Strip.module.css';

interface Props {
  readonly view: ViewFacts | undefined;
  readonly info: DatasetInfo | undefined;
  readonly count: number;
}

/** All buffers as a line: what is in memory, what is missing, where the view is. Drag to go there; keys are the commands of the time line. */
export function Strip({ view, info, count }: Props) {
  const line = useRef<HTMLDivElement>(null);
  const width = useWidth(line);
  const thumbnails = useSettings((state) => state.thumbnails);
  if (!view || !info || count === 0) return <div className={styles.strip} />;
  const last = Math.max(1, count - 1);
  const seek = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1 || !line.current) return;
    const box = line.current.getBoundingClientRect();
    goTo(view.id, { buffer: Math.round(((event.clientX - box.left) / box.width) * last) });
  };
  const time = view.bufferInfo?.index === view.place.buffer ? view.bufferInfo.time : undefined;
  const share = view.place.buffer / last;
  return (
    <div
      className={styles.strip}
      role="slider"
      tabIndex={0}
      data-keys="actions"
      aria-label={info.kind === 'particles' ? particleText.timeline.slider : text.timeline.slider}
      aria-valuemin={info.firstNumber}
      aria-valuemax={count - 1 + info.firstNumber}
      aria-valuenow={view.place.buffer + info.firstNumber}
      aria-valuetext={(info.kind === 'particles' ? particleText : text).timeline.place(
        view.place.buffer + info.firstNumber,
        text.timeline.ofAll(info.firstNumber, count),
        time ? `${secondsText(time.seconds)} s` : '',
      )}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={seek}
    >
      {info.kind === 'particles' ? (
        <CountBars dataset={view.dataset} info={info} width={width} />
      ) : (
        thumbnails && <StripThumbnails view={view} count={count} width={width} />
      )}
      <div className={styles.line} ref={line}>
        <Bands dataset={view.dataset} info={info} count={count} />
        {info.kind === 'particles' ? (
          <TailBand viewId={view.id} last={last} />
        ) : (
          <div className={styles.done} style={{ width: `${share * 100}%` }} />
        )}
        <div className={styles.head} style={{ left: `${share * 100}%` }} />
        <Ticks dataset={view.dataset} info={info} count={count} width={width} />
      </div>
    </div>
  );
}

/** The steps that the tails of the particles reach over. */
function TailBand({ viewId, last }: { viewId: string; last: number }) {
  const step = useViews((state) => state.views[viewId]?.place.buffer ?? 0);
  const from = useViews((state) => Math.max(0, step - (state.views[viewId]?.particles?.display.before ?? 0)));
  const to = useViews((state) => Math.min(last, step + (state.views[viewId]?.particles?.display.after ?? 0)));
  const all = useViews((state) => state.views[viewId]?.particles?.display.mode === 'all');
  return (
    <div
      className={styles.done}
      style={all ? { width: '100%' } : { left: `${(from / last) * 100}%`, width: `${((to - from) / last) * 100}%` }}
    />
  );
}

/** Buffers in memory as a grey band, missing ones as amber marks below; a sample of the line is one buffer, centred on its place. */
const Bands = memo(function Bands({ dataset, info, count }: { dataset: string; info: DatasetInfo; count: number }) {
  const ranges = useDatasets((state) => state.usage[dataset]?.ranges);
  const last = Math.max(1, count - 1);
  // The one buffer of a file takes the whole line.
  const place = ([from, to]: readonly [number, number]) =>
    count === 1
      ? { left: 0, width: '100%' }
      : {
          left: `${(Math.max(0, from - 0.5) / last) * 100}%`,
          width: `${((Math.min(last, to - 0.5) - Math.max(0, from - 0.5)) / last) * 100}%`,
        };
  return (
    <>
      {ranges?.map((range) => (
        <div key={`${range[0]}`} className={styles.cached} style={place(range)} />
      ))}
      {info.kind === 'frames' && info.missing.map((range) => <div key={`${range[0]}`} className={styles.missing} style={place(range)} />)}
    </>
  );
});

const Ticks = memo(function Ticks({ dataset, info, count, width }: { dataset: string; info: DatasetInfo; count: number; width: number }) {
  const times = numbersOf(useParticleTable(dataset, 'times'), 'time');
  const pulses = info.kind === 'particles' ? info.pulses : 1;
  const time = times ? (step: number): number => times[step * pulses] ?? Number.NaN : axisTime(info);
  return (
    <>
      {stripTicks(count, info.firstNumber, time, width).map(({ share, label, unit }) => (
        <span key={label} className={styles.tick} style={{ left: `${share * 100}%` }}>
          {label}
          {unit && <span className={styles.unit}>{unit}</span>}
        </span>
      ))}
    </>
  );
});

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
