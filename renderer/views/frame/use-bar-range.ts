import { useMemo, useState } from 'react';
import type { Levels } from '../../draw-worker/levels.ts';
import type { ColorSettings } from '../../stores/display-settings.ts';
import type { BarStatistics } from '../../stores/view-store.ts';
import { barScale, type BarRange, type BarScale } from './bar-scale.ts';

interface HeldRange {
  readonly range: BarRange;
  readonly scale: BarScale;
  /** From now on the scale stands still, whatever becomes of the limits, until it is let go: a handle then stays under the pointer. */
  hold(): void;
  release(): void;
}

/** The values that a bar spans. */
export function useBarRange(levels: Levels, { transfer, gamma }: ColorSettings, bar: BarStatistics | undefined): HeldRange {
  const [held, setHeld] = useState<BarRange | undefined>(undefined);
  const range: BarRange = held ?? {
    ...levels,
    transfer,
    gamma,
    under: bar !== undefined && bar.statistics.min < levels.low,
    over: bar !== undefined && bar.statistics.max > levels.high,
  };
  const scale = useMemo(
    () =>
      barScale({ low: range.low, high: range.high, transfer: range.transfer, gamma: range.gamma, under: range.under, over: range.over }),
    [range.low, range.high, range.transfer, range.gamma, range.under, range.over],
  );
  return { range, scale, hold: () => setHeld(range), release: () => setHeld(undefined) };
}
