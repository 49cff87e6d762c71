import { useMemo, useState, type PointerEvent } from 'react';
import { fixedText } from '../../../shared/draw/number-text.ts';
import { text } from '../../strings/en.ts';
import { columnMeans } from './particle-counts.ts';
import styles from './SmallBars.module.css';

interface Props {
  readonly label: string;
  readonly values: ArrayLike<number>;
  /** Numbers of the first and the last value. */
  readonly from: number;
  readonly to: number;
  readonly unit: string;
  /** The value that stands out. */
  readonly marked?: number;
  /** Heights by the square root, so that few beside many are still seen. */
  readonly rooted?: boolean;
  onPick?(index: number): void;
}

const WIDTH = 280;
const HEIGHT = 72;

/** Bars over a line of numbers; the one under the pointer is told. */
export function SmallBars({ label, values, from, to, unit, marked, rooted = false, onPick }: Props) {
  const [over, setOver] = useState<number | undefined>(undefined);
  const bars = useMemo(() => columnMeans(values, Math.min(values.length, WIDTH / 2)), [values]);
  const most = Math.max(...bars, 1);
  const pitch = WIDTH / Math.max(1, bars.length);
  const path = [...bars]
    .map((bar, index) => {
      const share = rooted ? Math.sqrt(bar / most) : bar / most;
      const tall = bar > 0 ? Math.max(1, share * HEIGHT) : 0;
      return `M${(index * pitch).toFixed(1)} ${HEIGHT}v${(-tall).toFixed(1)}h${Math.max(0.7, pitch - 0.6).toFixed(1)}v${tall.toFixed(1)}z`;
    })
    .join('');
  const indexAt = (event: PointerEvent<SVGSVGElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(values.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * values.length)));
  };
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        data-press={onPick ? '' : undefined}
        onPointerMove={(event) => setOver(indexAt(event))}
        onPointerLeave={() => setOver(undefined)}
        onPointerDown={(event) => onPick?.(indexAt(event))}
      >
        <path d={path} />
        {marked !== undefined && (
          <rect className={styles.marked} x={(marked + 0.5) * (WIDTH / values.length) - 0.75} y={0} width={1.5} height={HEIGHT} />
        )}
      </svg>
      <figcaption className={styles.caption}>
        <span className="num">{fixedText(from, 0)}</span>
        <span className="num">{over === undefined ? unit : `${fixedText(from + over, 0)}: ${text.grouped(values[over] ?? 0)}`}</span>
        <span className="num">{fixedText(to, 0)}</span>
      </figcaption>
    </figure>
  );
}
