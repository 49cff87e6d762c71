import { clippedCounts } from '../../draw-worker/levels.ts';
import { frameText } from '../../strings/frame-text.ts';
import { Row, Section } from '../../widgets/Section.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import styles from './DisplayInspector.module.css';
import { fixedText } from './number-text.ts';
import type { SectionParts } from './section-parts.ts';
import { changeColors, changeDisplay } from './view-commands.ts';

const words = frameText.inspector;

/** Samples that are not plainly valid: how many, and how each kind is marked. */
export function ValiditySection({ view, display, frame }: SectionParts) {
  const { states, background } = view.shown ?? {};
  const bar = view.backgroundBar;
  const clipped = bar && background && clippedCounts(bar, background);
  const note = states?.part ? ` ${words.inPart}` : '';
  return (
    <Section title={words.validity}>
      <Row label={words.masked}>
        <span className={styles.hatch} /><span className={styles.note}>{words.hatched}{note}</span><Count value={states?.masked ?? 0} />
        <Switch label={words.masked} on={display.maskVisible} onChange={(maskVisible) => changeDisplay(view, (before) => ({ ...before, maskVisible }))} />
      </Row>
      {frame.kind === 'vector' && (
        <Row label={words.disabled}>
          <svg className={styles.cross} aria-hidden="true"><path d="M3 3l8 8M11 3l-8 8" /></svg><span className={styles.note}>{words.cross}{note}</span><Count value={states?.disabled ?? 0} />
          <Switch label={words.disabled} on={display.arrows.showDisabled} onChange={(showDisabled) => changeDisplay(view, (before) => ({ ...before, arrows: { ...before.arrows, showDisabled } }))} />
        </Row>
      )}
      {(states?.outside ?? 0) > 0 && <Row label={words.outside}><Count value={states?.outside ?? 0} /></Row>}
      {(states?.blank ?? 0) > 0 && <Row label={words.blank}><Count value={states?.blank ?? 0} /></Row>}
      {display.background.visible && (
        <>
          <Row label={words.clipped}>
            <span className={`${styles.swatch} ${styles.under}`} /><span className={`${styles.swatch} ${styles.over}`} />
            <span className={`num ${styles.count}`}>{clipped ? `${fixedText(clipped.under, 0)}, ${fixedText(clipped.over, 0)}` : ''}</span>
            <Switch label={`${words.clipped}: ${words.own}`} on={display.background.colors.markClipped} onChange={(markClipped) => changeColors(view, 'background', (colors) => ({ ...colors, markClipped }))} />
          </Row>
          <Row label={words.notANumber}><span className={`${styles.swatch} ${styles.notANumber}`} /><Count value={bar?.statistics.notFinite ?? 0} /></Row>
        </>
      )}
    </Section>
  );
}

function Count({ value }: { value: number }) {
  return <span className={`num ${styles.count}`}>{fixedText(value, 0)}</span>;
}
