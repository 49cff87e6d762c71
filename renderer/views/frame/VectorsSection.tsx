import { memo } from 'react';
import { offeredChoices } from '../../../shared/compute/vector-choice.ts';
import type { ArrowSettings } from '../../stores/display-settings.ts';
import { useViews } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Row, Section } from '../../widgets/Section.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Select } from '../../widgets/Select.tsx';
import { Slider } from '../../widgets/Slider.tsx';
import { ColorRows } from './ColorRows.tsx';
import { ADAPTIVE_SPACING_PIXELS, arrowColors } from './default-display.ts';
import styles from './DisplayInspector.module.css';
import { findField, uncertaintyFields } from './frame-fields.ts';
import { fixedText, parseNumber, valueText } from '../../../shared/draw/number-text.ts';
import { fieldGroups, type SectionParts } from './section-parts.ts';
import { changeDisplay } from './view-commands.ts';
import { pageBrightness } from './view-look.ts';

const words = frameText.inspector;
const ONE_COLOR = '-';
const ANCHORS = ['tail', 'middle', 'head'] as const;

/** The arrows: colour, length, density, and how many of them are shown. */
export const VectorsSection = memo(function VectorsSection({ viewId, display, frame, inSpace }: SectionParts) {
  const { arrows } = display;
  // In space colours tell near arrows from far ones: there is always a field.
  const colored = arrows.colorBy ?? (inSpace ? 'speed' : undefined);
  const change = (make: (before: ArrowSettings) => ArrowSettings): void =>
    changeDisplay(viewId, (before) => ({ ...before, arrows: make(before.arrows) }));
  const colorBy = (component: string): void =>
    change(({ colorBy: _by, ...before }) =>
      component === ONE_COLOR
        ? before
        : { ...before, colorBy: component, colors: arrowColors(findField(frame, component)?.kind ?? 'positive', pageBrightness()) },
    );
  const eye = (
    <IconButton
      icon={arrows.visible ? 'eye' : 'eye-off'}
      label={words.hideVectors}
      keys="V"
      small
      pressed={arrows.visible}
      onPress={() => change((before) => ({ ...before, visible: !before.visible }))}
    />
  );
  const fields = fieldGroups(frame).map((group) => ({
    ...group,
    choices: group.choices.filter(({ id }) => !['category', 'color'].includes(findField(frame, id)?.kind ?? '')),
  }));
  return (
    <Section title={words.vectors} tools={eye}>
      <ChoiceRow viewId={viewId} display={display} frame={frame} inSpace={inSpace} />
      <Row label={words.colorBy}>
        <Select
          label={words.colorBy}
          value={colored ?? ONE_COLOR}
          groups={inSpace ? fields : [{ title: words.oneColor, choices: [{ id: ONE_COLOR, label: words.oneColor }] }, ...fields]}
          onChange={colorBy}
        />
      </Row>
      {colored !== undefined && (
        <ColorRows viewId={viewId} layer="arrows" colors={arrows.colors} unit={findField(frame, colored)?.unit ?? ''} />
      )}
      <Row label={words.length}>
        <Slider
          label={words.lengthHint}
          value={Math.log2(arrows.length)}
          min={-2}
          max={3}
          step={0.1}
          onChange={(power) => change((before) => ({ ...before, length: Number((2 ** power).toPrecision(2)) }))}
        />
        <NumberField
          label={words.length}
          value={arrows.length}
          text={valueText(arrows.length, 3)}
          unit="×"
          step={0.1}
          min={0.01}
          max={1000}
          parse={parseNumber}
          onChange={(length) => change((before) => ({ ...before, length }))}
        />
      </Row>
      <DensityRows arrows={arrows} inSpace={inSpace} change={change} />
      {!inSpace && (
        <Row label={words.anchor}>
          <Segmented
            label={words.anchor}
            value={arrows.anchor}
            choices={ANCHORS.map((id) => ({ id, label: words.anchors[id] }))}
            onChange={(anchor) => change((before) => ({ ...before, anchor }))}
          />
        </Row>
      )}
      {!inSpace && <UncertaintyRow viewId={viewId} display={display} frame={frame} inSpace={inSpace} />}
      <ShownRow viewId={viewId} />
    </Section>
  );
});

const ACTIVE = '-';

/** Active choice or one for all vectors, as DaVis counts them, with the stored number beside. */
function ChoiceRow({ viewId, display, frame }: SectionParts) {
  const offered = offeredChoices(frame);
  if (offered.length === 0) return null;
  const choose = (id: string): void =>
    changeDisplay(viewId, ({ choice: _choice, ...before }) => (id === ACTIVE ? before : { ...before, choice: Number(id) }));
  const choices = offered.map((choice) => ({
    id: String(choice),
    label: words.choiceNames[choice] ?? String(choice),
    note: words.storedChoice(choice),
  }));
  return (
    <Row label={words.choice}>
      <Select
        label={words.choiceTitle}
        value={display.choice === undefined ? ACTIVE : String(display.choice)}
        groups={[{ title: words.choiceTitle, choices: [{ id: ACTIVE, label: words.activeChoice }, ...choices] }]}
        onChange={choose}
      />
    </Row>
  );
}

const MARKS = ['none', 'ellipse', 'box'] as const;

/** Uncertainty at the tips of the arrows, seen where they are far enough apart. */
function UncertaintyRow({ viewId, display, frame }: SectionParts) {
  if (uncertaintyFields(frame).length === 0) return null;
  const { uncertaintyMarks: shape, uncertaintyFactor: factor } = display;
  return (
    <>
      <Row label={words.uncertainty}>
        <Segmented
          label={words.uncertainty}
          value={shape}
          choices={MARKS.map((id) => ({ id, label: words.marks[id] }))}
          onChange={(uncertaintyMarks) => changeDisplay(viewId, (before) => ({ ...before, uncertaintyMarks }))}
        />
      </Row>
      {shape !== 'none' && (
        <Row label={words.markSize}>
          <MarkNote viewId={viewId} />
          <span className={styles.factor}>
            <NumberField
              label={words.markSize}
              value={factor}
              text={valueText(factor, 3)}
              unit="× u"
              step={1}
              min={0.1}
              max={1000}
              parse={parseNumber}
              onChange={(uncertaintyFactor) => changeDisplay(viewId, (before) => ({ ...before, uncertaintyFactor }))}
            />
          </span>
        </Row>
      )}
    </>
  );
}

/** Marks that are too small to be seen are none: that is said. */
function MarkNote({ viewId }: { viewId: string }) {
  const none = useViews((state) => state.views[viewId]?.shown?.arrowCounts?.marked === 0);
  return <span className={styles.note}>{none ? words.marksTooSmall : ''}</span>;
}

function ShownRow({ viewId }: { viewId: string }) {
  const counts = useViews((state) => state.views[viewId]?.shown?.arrowCounts);
  return (
    counts && (
      <Row label={words.shown}>
        <span className={`num ${styles.count}`}>
          {fixedText(counts.shown, 0)} <span className={styles.note}>{words.of}</span> {fixedText(counts.total, 0)}
        </span>
      </Row>
    )
  );
}

function DensityRows({
  arrows,
  inSpace,
  change,
}: {
  arrows: ArrowSettings;
  inSpace: boolean;
  change(make: (before: ArrowSettings) => ArrowSettings): void;
}) {
  const { density } = arrows;
  const set = (next: ArrowSettings['density']): void => change((before) => ({ ...before, density: next }));
  return (
    <>
      <Row label={words.density}>
        <Segmented
          label={words.density}
          value={density.mode}
          choices={[
            { id: 'adaptive', label: words.adaptive },
            { id: 'every', label: words.every },
          ]}
          onChange={(mode) => set(mode === 'every' ? { mode, x: 1, y: 1 } : { mode, spacing: ADAPTIVE_SPACING_PIXELS })}
        />
      </Row>
      {density.mode === 'adaptive' ? (
        <Row label={words.spacing}>
          <Slider
            label={words.spacing}
            value={density.spacing}
            min={6}
            max={60}
            step={1}
            onChange={(spacing) => set({ mode: 'adaptive', spacing })}
          />
          <NumberField
            label={words.spacing}
            value={density.spacing}
            text={valueText(density.spacing)}
            unit="px"
            step={1}
            min={2}
            max={400}
            parse={parseNumber}
            onChange={(spacing) => set({ mode: 'adaptive', spacing })}
          />
        </Row>
      ) : (
        <Row label="">
          {inSpace ? (
            <NumberField
              label={`${words.every} ${words.everyAxis}`}
              value={density.x}
              text={fixedText(density.x, 0)}
              unit={words.everyAxis}
              step={1}
              min={1}
              max={10000}
              parse={(text) => Math.round(parseNumber(text))}
              onChange={(every) => set({ mode: 'every', x: Math.max(1, Math.round(every)), y: Math.max(1, Math.round(every)) })}
            />
          ) : (
            (['x', 'y'] as const).map((axis) => (
              <NumberField
                key={axis}
                label={`${words.every} ${axis === 'x' ? words.everyX : words.everyY}`}
                value={density[axis]}
                text={fixedText(density[axis], 0)}
                unit={axis === 'x' ? words.everyX : words.everyY}
                step={1}
                min={1}
                max={10000}
                parse={(text) => Math.round(parseNumber(text))}
                onChange={(every) => set({ ...density, [axis]: Math.max(1, Math.round(every)) })}
              />
            ))
          )}
        </Row>
      )}
    </>
  );
}
