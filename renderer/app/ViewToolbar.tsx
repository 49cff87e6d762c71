import { memo } from 'react';
import { Toolbar } from 'react-aria-components';
import { actionById } from '../actions/actions.ts';
import { useViews, type ViewState } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import { valueText } from '../../shared/draw/number-text.ts';
import { FrameChoice, PlaneChoice } from '../views/frame/PlaceTools.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
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
      <Tool id="blink" viewId={viewId} optional />
      <FrameChoice viewId={viewId} />
      <PlaneChoice viewId={viewId} />
      <Tool id="split-cuts" viewId={viewId} optional />
      <Tool id="space" viewId={viewId} optional />
      <span className={styles.line} />
      <Tool id="export" viewId={viewId} />
      <Tool id="copy-picture" viewId={viewId} />
      <Tool id="split" viewId={viewId} />
      <Tool id="split-frames" viewId={viewId} optional />
      <Tool id="link" viewId={viewId} optional />
    </div>
  );
});

/** `optional` tools are there where they can do something. */
const Tool = memo(function Tool({ id, viewId, optional = false }: { id: string; viewId: string; optional?: boolean }) {
  const action = actionById(id);
  const disabled = useViews((state) => !action.enabled(state.views[viewId]));
  const pressed = useViews((state) => action.checked?.(state.views[viewId]));
  const run = (): void => {
    useViews.getState().activate(viewId);
    if (action.enabled()) void action.run();
  };
  if (optional && disabled) return null;
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
