import type { Attributes } from '../../../shared/model/attributes.ts';
import type { DType, TypedArray } from '../../../shared/model/dtype.ts';

/** An array of planes [buffer, plane, height, width]. */
export interface PlanesSpec {
  readonly dtype: DType;
  readonly shape: readonly [buffers: number, planes: number, height: number, width: number];
  /** Positions of the samples: where they begin, how far they are apart, in which unit; of planes, rows and columns. */
  readonly axes: readonly { readonly name: 'z' | 'y' | 'x'; readonly unit: string; readonly start: number; readonly step: number }[];
  readonly attributes: Attributes;
  /** What buffers without this frame hold; 0 where absent. */
  readonly fill?: number;
}

/** Takes the planes in any order; those that never come hold the fill value. */
export interface PlanesSink {
  put(buffer: number, plane: number, data: TypedArray): Promise<void>;
}

/** A small array in one piece, with the names of its axes. */
export interface ValuesSpec {
  readonly dtype: DType;
  readonly axes: readonly string[];
  readonly data: TypedArray;
  readonly attributes: Attributes;
}

/** A tree of groups and arrays under way; groups on the way to a path come by themselves. */
export interface TreeSink {
  /** False where attributes of single buffers stand in their descriptions only. */
  readonly bufferGroups: boolean;
  group(path: string, attributes: Attributes): Promise<void>;
  planes(path: string, spec: PlanesSpec): Promise<PlanesSink>;
  values(path: string, spec: ValuesSpec): Promise<void>;
  text(path: string, text: string): Promise<void>;
  /** Nothing more comes at or below the path. */
  seal(path: string): Promise<void>;
}
