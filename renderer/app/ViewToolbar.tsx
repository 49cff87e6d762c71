import { memo, useMemo } from 'react';
import { Toolbar } from 'react-aria-components';
import { useShallow } from 'zustand/react/shallow';
import { actionById } from '../actions/actions.ts';
import { framesOfView } from '../stores/frame-choices.ts';
import { goTo } from '../stores/playback-effects.ts';
import { useViews, type ViewState } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import { positionAt } from '../../shared/model/scale.ts';
import { valueText } from '../views/frame/number-text.ts';
import { IconButton } from '../widgets/IconButton.tsx';
import { Select } from '../widgets/Select.tsx';
import styles from './ViewToolbar.module.css';

/**
 * Tools of one view; pressing any of them makes it the active view, which is what the actions work on. Each part follows only what it shows:
 * the bar stands still while buffers go by.
 */
export const ViewToolbar = memo(function ViewToolbar({ viewId }: { viewId: string }) {
  return (
    <div className={styles.bar}>
      <Toolbar className={styles.tools ?? ''} aria-label={text.toolbar.label}>
        <Tool id="zoom-out" viewId={viewId} />
        <ZoomText viewId={viewId} />
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
      <FrameChoice viewId={viewId} />
      <PlaneChoice viewId={viewId} />
      <span className={styles.line} />
      <Tool id="export" viewId={viewId} />
      <Tool id="copy-picture" viewId={viewId} />
      <Tool id="split" viewId={viewId} />
    </div>
  );
});

const Tool = memo(function Tool({ id, viewId }: { id: string; viewId: string }) {
  const action = actionById(id);
  const disabled = useViews((state) => !action.enabled(state.views[viewId]));
  const pressed = useViews((state) => action.checked?.(state.views[viewId]));
  const run = (): void => {
    useViews.getState().activate(viewId);
    if (action.enabled()) void action.run();
  };
  return <IconButton icon={action.icon ?? 'more'} label={action.label} keys={action.keys[0]} disabled={disabled} {...(pressed === undefined ? {} : { pressed })} onPress={run} />;
});

function ZoomText({ viewId }: { viewId: string }) {
  const words = useViews((state) => zoomText(state.views[viewId]));
  return <span className={styles.zoom}>{words}</span>;
}

/** Percent of one screen pixel per sample, or that it is fitted. */
function zoomText(view: ViewState | undefined): string {
  return view?.zoom.mode === 'free' ? `${valueText(view.zoom.scale * 100, 3)} %` : text.toolbar.fitted;
}

function FrameChoice({ viewId }: { viewId: string }) {
  const count = useViews((state) => framesOfView(state.views[viewId]));
  const frame = useViews((state) => state.views[viewId]?.place.frame ?? 0);
  const choices = useMemo(() => Array.from({ length: count }, (_, index) => ({ id: String(index), label: String(index + 1) })), [count]);
  if (count < 2) return null;
  return (
    <div className={styles.choice}>
      <span className={styles.name}>{text.toolbar.frame}</span>
      <Select label={text.toolbar.frame} value={String(frame)} groups={[{ title: text.toolbar.frame, choices }]} onChange={(value) => goTo(viewId, { frame: Number(value), plane: 0 })} />
    </div>
  );
}

function PlaneChoice({ viewId }: { viewId: string }) {
  const plane = useViews((state) => state.views[viewId]?.place.plane ?? 0);
  const names = useViews(useShallow((state) => planeNames(state.views[viewId])));
  if (names.length < 2) return null;
  const choices = names.map((label, index) => ({ id: String(index), label }));
  return (
    <div className={styles.choice}>
      <span className={styles.name}>{text.toolbar.plane}</span>
      <Select label={text.toolbar.plane} value={String(plane)} groups={[{ title: text.toolbar.plane, choices }]} onChange={(value) => goTo(viewId, { plane: Number(value) })} />
    </div>
  );
}

/** Planes by their position. */
function planeNames(view: ViewState | undefined): string[] {
  const frame = view?.bufferInfo?.frames[view.place.frame];
  if (!frame || frame.planes < 2) return [];
  const { z } = frame.scales;
  return Array.from({ length: frame.planes }, (_, index) => `z = ${valueText(positionAt(z, frame.grid[2], index), 4)}${z.unit ? ` ${z.unit}` : ''}`);
}
