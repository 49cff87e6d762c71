import { NARROW } from '../../app/panels.ts';
import { useMedia } from '../../app/use-media.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useActiveFacts } from '../../stores/use-view-facts.ts';
import { placeCount } from '../../stores/frame-choices.ts';
import { Strip } from './Strip.tsx';
import { Transport } from './Transport.tsx';

/** Time of the active view: transport row, and below it the strip of all buffers where the window is high enough. */
export function Timeline() {
  const view = useActiveFacts();
  const info = useDatasets((state) => (view ? state.opened[view.dataset]?.info : undefined));
  const low = useMedia(NARROW.timeline);
  return (
    <>
      <Transport view={view} info={info} />
      {!low && <Strip view={view} info={info} key={`${view?.dataset}`} count={info ? placeCount(info) : 0} />}
    </>
  );
}
