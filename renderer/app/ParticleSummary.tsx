import type { ParticleDatasetInfo } from '../../shared/model/dataset.ts';
import { particleText } from '../strings/particle-text.ts';
import { Icon } from '../widgets/Icon.tsx';
import styles from './NoBuffers.module.css';

/** In the place of a picture of particles: what the set holds, and how to get at it. */
export function ParticleSummary({ info }: { info: ParticleDatasetInfo }) {
  return (
    <div className={styles.none}>
      <Icon name="vectors" size={24} />
      <p className={styles.strong}>{particleText.holds(info)}</p>
      <p className={styles.reason}>{particleText.noView}</p>
      <p className={styles.reason}><code>{particleText.command(info.path)}</code></p>
    </div>
  );
}
