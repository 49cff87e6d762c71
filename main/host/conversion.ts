import type { ParticleChoice } from '../../shared/contract/conversions.ts';
import type { WriteResult } from '../writers/writer.ts';
import type { OpenOptions } from './open-path.ts';

/** What is written of the inputs, and how; texts as the user gives them. */
export interface Conversion {
  readonly paths: readonly string[];
  readonly target: string;
  /** Id of the writer; without it the extension of the target tells, and none is a DaVis set. */
  readonly to?: string | undefined;
  readonly open: OpenOptions;
  /** Writer options as given. */
  readonly options: Readonly<Record<string, unknown>>;
  /** `A:B[:S]`, half-open, over the buffers of all inputs. */
  readonly range?: string | undefined;
  /** 'NAME=expression', applied in order. */
  readonly set: readonly string[];
  readonly framesPerBuffer?: number | undefined;
  /** Of particle sets, whose `range` is one of steps. */
  readonly particles?: ParticleChoice | undefined;
  /** Buffers that cannot be read are missing in the output; otherwise they end the conversion. */
  readonly missing?: boolean | undefined;
  readonly force: boolean;
  readonly resume: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (done: number, total: number) => void;
  /** Told before the work begins. */
  readonly notice?: (sentence: string) => void;
}

export interface ConversionResult extends WriteResult {
  readonly writer: string;
  /** Present where `buffers` are steps of particles. */
  readonly particles?: true;
}
