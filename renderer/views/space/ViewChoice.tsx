import { planeOf } from '../../../shared/draw/space-camera.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Segmented } from '../../widgets/Segmented.tsx';
import { cameraOf, lookAlong } from './camera-commands.ts';
import styles from './ViewChoice.module.css';

const words = particleText.tools;
const VIEWS = [
  { id: '3d', label: words.space },
  { id: 'xy', label: 'xy' },
  { id: 'xz', label: 'xz' },
  { id: 'yz', label: 'yz' },
] as const;

/** In space, or along an axis. */
export function ViewChoice({ viewId }: { viewId: string }) {
  const plane = useViews((state) => {
    const camera = cameraOf(state.views[viewId]);
    return camera && planeOf(camera);
  });
  return (
    <div className={styles.views}>
      <Segmented
        label={words.view}
        value={plane ?? '3d'}
        choices={VIEWS}
        onChange={(id) => lookAlong(viewId, id === '3d' ? undefined : id)}
      />
    </div>
  );
}
