import { Toolbar } from 'react-aria-components';
import { actionById } from '../actions/actions.ts';
import { planesOfView } from '../stores/frame-choices.ts';
import { goTo } from '../stores/playback-effects.ts';
import { useViewFacts, type ViewFacts } from '../stores/use-view-facts.ts';
import { useViews } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import { positionAt } from '../../shared/model/scale.ts';
import type { FrameInfo } from '../../shared/model/frames.ts';
import { valueText } from '../views/frame/number-text.ts';
import { IconButton } from '../widgets/IconButton.tsx';
import { Select } from '../widgets/Select.tsx';
import styles from './ViewToolbar.module.css';

/** Tools of one view; pressing any of them makes it the active view, which is what the actions work on. */
export function ViewToolbar({ viewId }: { viewId: string }) {
  const view = useViewFacts(viewId);
  if (!view) return null;
  const frame = view.bufferInfo?.frames[view.place.frame];
  return (
    <div className={styles.bar}>
      <Toolbar className={styles.tools ?? ''} aria-label={text.toolbar.label}>
        <Tool id="zoom-out" viewId={viewId} />
        <span className={styles.zoom}>{zoomText(view, frame)}</span>
        <Tool id="zoom-in" viewId={viewId} />
        <Tool id="fit" viewId={viewId} />
        <span className={styles.line} />
        <Tool id="vectors" viewId={viewId} />
        <Tool id="mask" viewId={viewId} />
        <span className={styles.line} />
        <Tool id="levels-once" viewId={viewId} />
        <Tool id="levels-lock" viewId={viewId} />
        <Tool id="histogram" viewId={viewId} />
      </Toolbar>
      <FrameChoice view={view} />
      <PlaneChoice view={view} frame={frame} />
      <span className={styles.line} />
      <Tool id="copy-picture" viewId={viewId} />
      <Tool id="split" viewId={viewId} />
    </div>
  );
}

function Tool({ id, viewId }: { id: string; viewId: string }) {
  const action = actionById(id);
  const isActive = useViews((state) => state.active === viewId);
  const pressed = isActive ? action.checked?.() : action.checked && false;
  const run = (): void => {
    useViews.getState().activate(viewId);
    if (action.enabled()) void action.run();
  };
  return (
    <IconButton
      icon={action.icon ?? 'more'} label={action.label} keys={action.keys[0]} disabled={isActive && !action.enabled()}
      {...(pressed === undefined ? {} : { pressed })} onPress={run}
    />
  );
}

/** Percent of one screen pixel per sample, or that it is fitted. */
function zoomText(view: ViewFacts, frame: FrameInfo | undefined): string {
  if (view.zoom.mode === 'fit' || !frame) return text.toolbar.fitted;
  return `${valueText(view.zoom.scale * 100, 3)} %`;
}

function FrameChoice({ view }: { view: ViewFacts }) {
  const frames = view.bufferInfo?.frames ?? [];
  if (frames.length < 2) return null;
  const choices = frames.map((_, index) => ({ id: String(index), label: String(index + 1) }));
  return (
    <div className={styles.choice}>
      <span className={styles.name}>{text.toolbar.frame}</span>
      <Select label={text.toolbar.frame} value={String(view.place.frame)} groups={[{ title: text.toolbar.frame, choices }]} onChange={(value) => goTo(view.id, { frame: Number(value), plane: 0 })} />
    </div>
  );
}

function PlaneChoice({ view, frame }: { view: ViewFacts; frame: FrameInfo | undefined }) {
  const count = planesOfView(view);
  if (count < 2 || !frame) return null;
  const { z } = frame.scales;
  const choices = Array.from({ length: count }, (_, index) => ({ id: String(index), label: `z = ${valueText(positionAt(z, frame.grid[2], index), 4)}${z.unit ? ` ${z.unit}` : ''}` }));
  return (
    <div className={styles.choice}>
      <span className={styles.name}>{text.toolbar.plane}</span>
      <Select label={text.toolbar.plane} value={String(view.place.plane)} groups={[{ title: text.toolbar.plane, choices }]} onChange={(value) => goTo(view.id, { plane: Number(value) })} />
    </div>
  );
}
