import { memo } from 'react';
import { Toolbar } from 'react-aria-components';
import { useViews, type ViewState } from '../stores/view-store.ts';
import { text } from '../strings/en.ts';
import { valueText } from '../../shared/draw/number-text.ts';
import { PictureDrag } from '../views/frame/PictureDrag.tsx';
import { FrameChoice, PlaneChoice } from '../views/frame/PlaceTools.tsx';
import { ViewTool } from './ViewTool.tsx';
import styles from './ViewToolbar.module.css';

/**
 * Tools of one view; pressing any of them makes it the active view, which is what the actions work on. Each part follows only what it shows:
 * the bar stands still while buffers go by.
 */
export const ViewToolbar = memo(function ViewToolbar({ viewId }: { viewId: string }) {
  return (
    <div className={styles.bar}>
      <Toolbar className={styles.tools ?? ''} aria-label={text.toolbar.label}>
        <ViewTool id="zoom-out" viewId={viewId} />
        <ZoomText viewId={viewId} />
        <ViewTool id="zoom-in" viewId={viewId} />
        <ViewTool id="fit" viewId={viewId} />
        <span className={styles.line} />
        <ViewTool id="vectors" viewId={viewId} />
        <ViewTool id="mask" viewId={viewId} />
        <span className={styles.line} />
        <ViewTool id="levels-once" viewId={viewId} />
        <ViewTool id="levels-lock" viewId={viewId} />
        <ViewTool id="histogram" viewId={viewId} />
      </Toolbar>
      <ViewTool id="blink" viewId={viewId} optional />
      <FrameChoice viewId={viewId} />
      <PlaneChoice viewId={viewId} />
      <ViewTool id="split-cuts" viewId={viewId} optional />
      <ViewTool id="space" viewId={viewId} optional />
      <span className={styles.line} />
      <div className={styles.spare}>
        <ViewTool id="export" viewId={viewId} />
        <ViewTool id="copy-picture" viewId={viewId} />
        <PictureDrag viewId={viewId} />
      </div>
      <ViewTool id="split" viewId={viewId} />
      <ViewTool id="split-frames" viewId={viewId} optional />
      <ViewTool id="link" viewId={viewId} optional />
    </div>
  );
});

function ZoomText({ viewId }: { viewId: string }) {
  const words = useViews((state) => zoomText(state.views[viewId]));
  return words === '' ? null : <span className={styles.zoom}>{words}</span>;
}

/** Percent of one screen pixel per sample, or that it is fitted; nothing in space. */
function zoomText(view: ViewState | undefined): string {
  if (view?.camera) return '';
  return view?.zoom.mode === 'free' ? `${valueText(view.zoom.scale * 100, 3)} %` : text.toolbar.fitted;
}
