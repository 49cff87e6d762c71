import { memo, useMemo } from 'react';
import { clippedCounts } from '../../draw-worker/levels.ts';
import { useViews } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { Row, Section } from '../../widgets/Section.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import { Count, StateCount } from './Count.tsx';
import styles from './DisplayInspector.module.css';
import { FilterRows } from './FilterRows.tsx';
import { findField } from './frame-fields.ts';
import type { SectionParts } from './section-parts.ts';
import { changeColors, changeDisplay } from './view-commands.ts';
import { useLevels } from './view-look.ts';

const words = frameText.inspector;

/** Samples that are not plainly valid: how many, and how each kind is marked. */
export const ValiditySection = memo(function ValiditySection({ viewId, display, frame, inSpace }: SectionParts) {
  const part = useViews((state) => state.views[viewId]?.shown?.states?.part ?? false);
  const hasOutside = useViews((state) => (state.views[viewId]?.shown?.states?.outside ?? 0) > 0);
  const hasBlank = useViews((state) => (state.views[viewId]?.shown?.states?.blank ?? 0) > 0);
  const note = part && frame.kind === 'vector' ? ` ${words.inPart}` : '';
  return (
    <Section title={words.validity}>
      <Row label={words.masked}>
        {inSpace ? (
          <span className={styles.note}>
            {words.leftOut}
            {note}
          </span>
        ) : (
          <>
            <span className={styles.hatch} />
            <span className={styles.note}>
              {words.hatched}
              {note}
            </span>
          </>
        )}
        <MaskedCount viewId={viewId} image={frame.kind === 'image'} aligned={inSpace} />
        {!inSpace && (
          <Switch
            label={words.masked}
            on={display.maskVisible}
            onChange={(maskVisible) => changeDisplay(viewId, (before) => ({ ...before, maskVisible }))}
          />
        )}
      </Row>
      {frame.kind === 'vector' && (
        <Row label={words.disabled}>
          {inSpace ? (
            <span className={styles.note}>
              {words.leftOut}
              {note}
            </span>
          ) : (
            <>
              <svg className={styles.cross} aria-hidden="true">
                <path d="M3 3l8 8M11 3l-8 8" />
              </svg>
              <span className={styles.note}>
                {words.cross}
                {note}
              </span>
            </>
          )}
          <StateCount viewId={viewId} state="disabled" aligned={inSpace} />
          {!inSpace && (
            <Switch
              label={words.disabled}
              on={display.arrows.showDisabled}
              onChange={(showDisabled) => changeDisplay(viewId, (before) => ({ ...before, arrows: { ...before.arrows, showDisabled } }))}
            />
          )}
        </Row>
      )}
      <FilterRows viewId={viewId} display={display} frame={frame} inSpace={inSpace} note={note} />
      {hasOutside && (
        <Row label={words.outside}>
          {!inSpace && (
            <svg className={styles.cross} aria-hidden="true">
              <path d="M7 2.5L11.5 7L7 11.5L2.5 7z" />
            </svg>
          )}
          <span className={styles.note}>
            {inSpace ? words.leftOut : words.diamond}
            {note}
          </span>
          <StateCount viewId={viewId} state="outside" aligned />
        </Row>
      )}
      {hasBlank && (
        <Row label={words.blank}>
          <StateCount viewId={viewId} state="blank" aligned />
        </Row>
      )}
      {!inSpace && display.background.visible && findField(frame, display.background.component)?.kind !== 'category' && (
        <>
          <Row label={words.under}>
            <span className={`${styles.swatch} ${styles.under}`} />
            <ClippedCount viewId={viewId} side="under" />
            <Switch
              label={words.own}
              on={display.background.colors.markClipped}
              onChange={(markClipped) => changeColors(viewId, 'background', (colors) => ({ ...colors, markClipped }))}
            />
          </Row>
          <Row label={words.over}>
            <span className={`${styles.swatch} ${styles.over}`} />
            <ClippedCount viewId={viewId} side="over" />
          </Row>
          <Row label={words.notANumber}>
            <span className={`${styles.swatch} ${styles.notANumber}`} />
            <NotFiniteCount viewId={viewId} />
          </Row>
        </>
      )}
    </Section>
  );
});

/** Statistics are of the whole frame; of an image they leave out the masked samples only. */
function MaskedCount({ viewId, image, aligned }: { viewId: string; image: boolean; aligned: boolean }) {
  const masked = useViews(({ views }) => (image ? views[viewId]?.backgroundBar?.statistics.masked : undefined));
  return masked === undefined ? <StateCount viewId={viewId} state="masked" aligned={aligned} /> : <Count value={masked} />;
}

function ClippedCount({ viewId, side }: { viewId: string; side: 'under' | 'over' }) {
  const bar = useViews((state) => state.views[viewId]?.backgroundBar);
  const levels = useLevels(viewId, 'background');
  const count = useMemo(() => (bar && levels ? clippedCounts(bar, levels)[side] : 0), [bar, levels, side]);
  return <Count value={count} aligned={side === 'over'} />;
}

function NotFiniteCount({ viewId }: { viewId: string }) {
  return <Count value={useViews(({ views }) => views[viewId]?.backgroundBar?.statistics.notFinite ?? 0)} aligned />;
}
