import type { FrameDataset } from '../../shared/model/dataset.ts';

/** What happened to a dataset: the buffers that were asked for, how many reads were aborted, whether it was closed. */
export interface Watch {
  readonly reads: number[];
  aborted: number;
  closed: boolean;
}

export function watched(dataset: FrameDataset): { readonly dataset: FrameDataset; readonly watch: Watch } {
  const watch: Watch = { reads: [], aborted: 0, closed: false };
  return {
    watch,
    dataset: {
      info: dataset.info,
      buffer: (index, options) => {
        watch.reads.push(index);
        options?.signal?.addEventListener(
          'abort',
          () => {
            watch.aborted += 1;
          },
          { once: true },
        );
        return dataset.buffer(index, options);
      },
      [Symbol.asyncDispose]: async () => {
        watch.closed = true;
        await dataset[Symbol.asyncDispose]();
      },
    },
  };
}
