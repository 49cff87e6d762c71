import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { Cut } from '../../../shared/model/cut.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import type { DisplaySettings } from '../../stores/display-settings.ts';
import { type Origin, useProject } from '../../stores/project-store.ts';
import type { ViewFacts } from '../../stores/use-view-facts.ts';
import { useThumbnail } from '../thumbnails/Thumbnail.tsx';
import styles from './Strip.module.css';

const WIDTH = 64;
const HEIGHT = 34;
const GAP = 2;
/** Settings have to rest before all pictures are drawn anew. */
const REST_MILLISECONDS = 800;

/** A film of the recording above the line: each picture is of the buffer below its middle. */
export function StripThumbnails({ view, count, width }: { view: ViewFacts; count: number; width: number }) {
  const path = useDatasets((state) => state.opened[view.dataset]?.info.path);
  const options = useProject((state) => state.origins[view.dataset]?.options);
  const display = useResting(view.display);
  const slots = Math.min(count, Math.max(0, Math.floor(width / (WIDTH + GAP))));
  // Where all have room, each stands at its own place of the line.
  const bufferOf = (slot: number): number => (slots === count ? slot : Math.round(((slot + 0.5) / slots) * (count - 1)));
  const { frame, plane, cut } = view.place;
  if (path === undefined || path === '' || count < 2) return <div className={styles.thumbnails} />;
  return (
    <div className={styles.thumbnails} aria-hidden="true">
      {Array.from({ length: slots }, (_, slot) => (
        <Slot key={slot} path={path} options={options} buffer={bufferOf(slot)} frame={frame} plane={plane} cut={cut} display={display} />
      ))}
    </div>
  );
}

interface SlotProps {
  readonly path: string;
  readonly options: Origin['options'];
  readonly buffer: number;
  readonly frame: number;
  readonly plane: number;
  readonly cut: Cut | undefined;
  readonly display: DisplaySettings | undefined;
}

const Slot = memo(function Slot({ path, options, buffer, frame, plane, cut, display }: SlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const wish = useMemo(
    () => (display ? { path, options, place: { buffer, frame, plane, cut }, display, width: WIDTH, height: HEIGHT } : undefined),
    [path, options, buffer, frame, plane, cut, display],
  );
  const address = useThumbnail(wish, box);
  return (
    <div ref={box} className={styles.thumbnail}>
      {address !== undefined && <img src={address} width={WIDTH} height={HEIGHT} alt="" />}
    </div>
  );
});

/** A value once it has not changed for a while; at once the first time. */
function useResting<T>(value: T): T {
  const [resting, setResting] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setResting(value), REST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return resting;
}
