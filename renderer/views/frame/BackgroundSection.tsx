import { memo } from 'react';
import { MOSAICS } from '../../../shared/compute/demosaic.ts';
import { mosaicOf } from '../../draw-worker/fetch-plan.ts';
import type { BackgroundSettings } from '../../stores/display-settings.ts';
import { frameText } from '../../strings/frame-text.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Row, Section } from '../../widgets/Section.tsx';
import { Select } from '../../widgets/Select.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import { ColorRows } from './ColorRows.tsx';
import { defaultColors } from './default-display.ts';
import styles from './DisplayInspector.module.css';
import { findField } from './frame-fields.ts';
import { fieldGroups, type SectionParts } from './section-parts.ts';
import { changeDisplay } from './view-commands.ts';
import { pageBrightness } from './view-look.ts';

const words = frameText.inspector;
const MODES = ['scaled', 'masked', 'raw'] as const;
const MODE_GROUPS = [{ title: words.values, choices: MODES.map((id) => ({ id, label: words.modes[id] })) }];

const AS_STORED = '-';
const MOSAIC_GROUPS = [
  { title: words.mosaic, choices: [{ id: AS_STORED, label: words.mosaicOff }, ...MOSAICS.map((id) => ({ id, label: id }))] },
];

/** Colours of a camera whose samples are a mosaic; what is stored stays the mosaic. */
function MosaicRow({ viewId, display }: Pick<SectionParts, 'viewId' | 'display'>) {
  const choose = (id: string): void =>
    changeDisplay(viewId, ({ mosaic: _mosaic, ...before }) => {
      const mosaic = MOSAICS.find((name) => name === id);
      return mosaic ? { ...before, mosaic } : before;
    });
  return (
    <Row label={words.mosaic}>
      <Select label={words.mosaic} value={display.mosaic ?? AS_STORED} groups={MOSAIC_GROUPS} onChange={choose} />
    </Row>
  );
}

/** The field behind everything, in colours. */
export const BackgroundSection = memo(function BackgroundSection({ viewId, display, frame }: SectionParts) {
  const { background } = display;
  const field = findField(frame, background.component);
  const ownColors = field?.kind === 'color' || mosaicOf(display, frame) !== undefined;
  const change = (part: Partial<BackgroundSettings>): void =>
    changeDisplay(viewId, (before) => ({ ...before, background: { ...before.background, ...part } }));
  const choose = (component: string): void => {
    const kind = findField(frame, component)?.kind ?? 'positive';
    change({
      component,
      visible: true,
      smooth: frame.kind === 'vector' && kind !== 'category',
      colors: defaultColors(kind, pageBrightness()),
    });
  };
  const eye = (
    <IconButton
      icon={background.visible ? 'eye' : 'eye-off'}
      label={words.hideBackground}
      small
      pressed={background.visible}
      onPress={() => change({ visible: !background.visible })}
    />
  );
  return (
    <Section title={words.background} tools={eye}>
      <Row label={words.field}>
        <Select label={words.field} value={background.component} groups={fieldGroups(frame)} onChange={choose} />
      </Row>
      {frame.kind === 'image' && background.component === 'PIXEL' && <MosaicRow viewId={viewId} display={display} />}
      {field?.kind === 'category' ? (
        <Row label={words.map}>
          <span className={styles.note}>{words.categories}</span>
        </Row>
      ) : (
        <>
          <Row label={words.values}>
            <Select
              label={words.values}
              value={background.mode}
              groups={MODE_GROUPS}
              onChange={(id) => {
                const mode = MODES.find((name) => name === id);
                const { low: _low, high: _high, ...levels } = background.colors.levels;
                if (mode) change({ mode, colors: { ...background.colors, levels } });
              }}
            />
          </Row>
          <ColorRows
            ownColors={ownColors}
            viewId={viewId}
            layer="background"
            colors={background.colors}
            unit={background.mode === 'raw' ? '' : (field?.unit ?? '')}
          />
          <Row label={words.smooth}>
            <Switch label={words.smooth} on={background.smooth} onChange={(smooth) => change({ smooth })} />
          </Row>
        </>
      )}
    </Section>
  );
});
