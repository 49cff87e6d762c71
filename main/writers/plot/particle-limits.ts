import { fixedText } from '../../../shared/draw/number-text.ts';
import type { Box } from '../../../shared/draw/space-camera.ts';
import { DataError } from '../../../shared/model/data-error.ts';
import type { ParticlePlotOptions, Span } from './plot-options.ts';

type Limits = Pick<ParticlePlotOptions, 'xlim' | 'ylim' | 'zlim'>;
type Triple = readonly [number, number, number];

function limitsOf({ xlim, ylim, zlim }: Limits): readonly (Span | undefined)[] {
  return [xlim, ylim, zlim].map((span) => span && ([Math.min(...span), Math.max(...span)] as const));
}

/** The part of a box that the axes show. */
export function limitedBox({ low, high }: Box, limits: Limits): Box {
  const ends = limitsOf(limits).map((span, axis) => {
    const whole: Span = [low[axis] as number, high[axis] as number];
    if (!span) return whole;
    const part: Span = [Math.max(span[0], whole[0]), Math.min(span[1], whole[1])];
    if (part[1] > part[0]) return part;
    const field = `${'xyz'[axis]}lim`;
    const reach = whole.map((end) => fixedText(end, 3)).join(' to ');
    throw new DataError('out-of-range', `--${field} ${span.join(':')} shows nothing of the set, which reaches from ${reach}.`, { field });
  });
  return { low: ends.map(([end]) => end) as unknown as Triple, high: ends.map(([, end]) => end) as unknown as Triple };
}

/** Where particles are drawn: everywhere on axes without limits, also beyond the bounds of a set that has wrong ones. */
export function clipOf(limits: Limits): Box {
  const ends = limitsOf(limits);
  return {
    low: ends.map((span) => span?.[0] ?? Number.NEGATIVE_INFINITY) as unknown as Triple,
    high: ends.map((span) => span?.[1] ?? Number.POSITIVE_INFINITY) as unknown as Triple,
  };
}
