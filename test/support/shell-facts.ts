import type { FrameDatasetInfo } from '../../shared/model/dataset.ts';
import { unitScale } from '../../shared/model/scale.ts';

/** Facts of a set of `nav` buffers, as the window gets them. */
export function frameSet({
  nav,
  missing = [],
  ...rest
}: { nav: number; missing?: FrameDatasetInfo['missing'] } & Partial<Omit<FrameDatasetInfo, 'nav'>>): FrameDatasetInfo {
  return {
    kind: 'frames',
    format: 'davis-set',
    title: 'Wake',
    path: '/data/Wake.set',
    summary: '',
    attributes: {},
    warnings: [],
    tables: [],
    children: [],
    nav: [{ name: 'buffer', size: nav, scale: unitScale('') }],
    uniform: false,
    rawDtype: '',
    guessed: [],
    diagnostics: [],
    firstNumber: 1,
    missing,
    ...rest,
  };
}
