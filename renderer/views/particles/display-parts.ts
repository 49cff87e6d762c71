import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { ParticleDisplay } from '../../stores/particle-display.ts';

/** What every section of the display page is given. */
export interface DisplayParts {
  readonly viewId: string;
  readonly info: ParticleDatasetInfo;
  readonly display: ParticleDisplay;
}
