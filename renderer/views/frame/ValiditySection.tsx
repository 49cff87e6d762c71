import { memo } from 'react';
import { clippedCounts } from '../../draw-worker/levels.ts';
import { useViews } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { Row, Section } from '../../widgets/Section.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import { Count } from './Count.tsx';
import styles from './DisplayInspector.module.css';
import { FilterRows } from './FilterRows.tsx';
import { findField } from './frame-fields.ts';
import type { SectionParts } from './section-parts.ts';
import { changeColors, changeDisplay } from './view-commands.ts';
import { useLevels } from './view-look.ts';

const words = frameText.inspector;

/** Samples that are not plainly valid: how many, and how each kind is marked. */
export const ValiditySection = memo(function ValiditySection({ viewId, display, frame }: SectionParts) {
  const states = useViews((state) => state.views[viewId]?.shown?.states);
  const bar = useViews((state) => state.views[viewId]?.backgroundBar);
  const background = useLevels(viewId, 'background');
  const clipped = bar && background && clippedCounts(bar, background);
  // Statistics are of the whole frame; of an image they leave out the masked samples only.
  const masked = frame.kind === 'image' && bar ? bar.statistics.masked : states?.masked ?? 0;
  const note = states?.part && frame.kind === 'vector' ? ` ${words.inPart}` : '';
  return (
    <Section title={words.validity}>
      <Row label={words.masked}>
        <span className={styles.hatch} /><span className={styles.note}>{words.hatched}{note}</span><Count value={masked} />
        <Switch label={words.masked} on={display.maskVisible} onChange={(maskVisible) => changeDisplay(viewId, (before) => ({ ...before, maskVisible }))} />
      </Row>
      {frame.kind === 'vector' && (
        <Row label={words.disabled}>
          <svg className={styles.cross} aria-hidden="true"><path d="M3 3l8 8M11 3l-8 8" /></svg><span className={styles.note}>{words.cross}{note}</span><Count value={states?.disabled ?? 0} />
          <Switch label={words.disabled} on={display.arrows.showDisabled} onChange={(showDisabled) => changeDisplay(viewId, (before) => ({ ...before, arrows: { ...before.arrows, showDisabled } }))} />
        </Row>
      )}
      <FilterRows viewId={viewId} display={display} frame={frame} count={states?.filtered ?? 0} note={note} />
      {(states?.outside ?? 0) > 0 && <Row label={words.outside}><Count value={states?.outside ?? 0} aligned /></Row>}
      {(states?.blank ?? 0) > 0 && <Row label={words.blank}><Count value={states?.blank ?? 0} aligned /></Row>}
      {display.background.visible && findField(frame, display.background.component)?.kind !== 'category' && (
        <>
          <Row label={words.under}>
            <span className={`${styles.swatch} ${styles.under}`} /><Count value={clipped?.under ?? 0} />
            <Switch label={words.own} on={display.background.colors.markClipped} onChange={(markClipped) => changeColors(viewId, 'background', (colors) => ({ ...colors, markClipped }))} />
          </Row>
          <Row label={words.over}><span className={`${styles.swatch} ${styles.over}`} /><Count value={clipped?.over ?? 0} aligned /></Row>
          <Row label={words.notANumber}><span className={`${styles.swatch} ${styles.notANumber}`} /><Count value={bar?.statistics.notFinite ?? 0} aligned /></Row>
        </>
      )}
    </Section>
  );
});
