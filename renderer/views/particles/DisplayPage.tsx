import { memo } from 'react';
import { parseNumber, valueText } from '../../../shared/draw/number-text.ts';
import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { boxDiagonal } from '../../../shared/draw/space-camera.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Row, Section } from '../../widgets/Section.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Select } from '../../widgets/Select.tsx';
import { Slider } from '../../widgets/Slider.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import { LimitRow, ScaleRows } from '../frame/ColorRows.tsx';
import { ClipSection } from './ClipSection.tsx';
import { columnGroups, findColumn } from './column-look.ts';
import type { DisplayParts } from './display-parts.ts';
import styles from './DisplayPage.module.css';
import { MotionSection } from './MotionSection.tsx';
import { changeDisplay, colorBy, particleColors } from './particle-commands.ts';

const words = particleText.inspector;

/** Everything that decides how particles look. */
export function DisplayPage({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const display = useViews((state) => state.views[viewId]?.particles?.display);
  if (!display) return null;
  const parts = { viewId, info, display };
  return (
    <>
      <ParticlesSection {...parts} />
      <ColorSection {...parts} />
      {info.tracks > 0 && <TrackSection {...parts} />}
      <SpaceSection {...parts} />
      <ClipSection {...parts} />
      {info.tracks > 0 && <MotionSection {...parts} />}
    </>
  );
}

function Flag({
  viewId,
  display,
  label,
  of,
}: Pick<DisplayParts, 'viewId' | 'display'> & {
  readonly label: string;
  readonly of: 'points' | 'untracked' | 'tails' | 'fade' | 'arrows' | 'depthShading' | 'boundingBox' | 'backPlanes' | 'histogram';
}) {
  return (
    <Row label={label}>
      <Switch label={label} on={display[of]} onChange={(on) => changeDisplay(viewId, { [of]: on })} />
    </Row>
  );
}

const UNITS = ['px', 'axis'] as const;
const USUAL_PIXELS = 3;
/** Part of the box's diagonal that a point of a size in units of the axes has to begin with. */
const USUAL_SHARE = 1 / 300;

function ParticlesSection({ viewId, info, display }: DisplayParts) {
  const axes = particleAxes(info);
  const unit = axes.units[0] || 'voxel';
  const diagonal = boxDiagonal(axes.box);
  const inPixels = display.pointUnit === 'px';
  const setUnit = (pointUnit: 'px' | 'axis'): void =>
    changeDisplay(viewId, { pointUnit, pointSize: pointUnit === 'px' ? USUAL_PIXELS : Number((diagonal * USUAL_SHARE).toPrecision(1)) });
  return (
    <Section title={words.particles}>
      <Flag viewId={viewId} display={display} label={words.points} of="points" />
      <Row label={words.size}>
        <NumberField
          label={words.size}
          value={display.pointSize}
          text={valueText(display.pointSize, 3)}
          step={inPixels ? 0.5 : diagonal / 2000}
          min={0}
          max={inPixels ? 40 : diagonal}
          parse={parseNumber}
          onChange={(pointSize) => changeDisplay(viewId, { pointSize })}
        />
        <Segmented
          label={words.sizeUnit}
          value={display.pointUnit}
          choices={UNITS.map((id) => ({ id, label: id === 'px' ? words.px : unit }))}
          onChange={setUnit}
        />
      </Row>
      {info.tracks > 0 && <Flag viewId={viewId} display={display} label={words.untracked} of="untracked" />}
      <Drawn viewId={viewId} />
    </Section>
  );
}

/** How much the picture is made of, and by what. */
function Drawn({ viewId }: { viewId: string }) {
  const points = useViews((state) => state.views[viewId]?.particles?.shown?.points);
  const renderer = useViews((state) => state.views[viewId]?.particles?.shown?.renderer);
  if (points === undefined) return null;
  return (
    <Row label={words.drawn}>
      <span className={styles.dim}>{renderer === 'gpu' ? words.byGpu : words.byProcessor}</span>
      <span className={`num ${styles.count}`}>{text.grouped(points)}</span>
    </Row>
  );
}

const ONE_COLOR = '-';

function ColorSection({ viewId, info, display }: DisplayParts) {
  const column = findColumn(info, display.colorBy);
  const commands = particleColors(viewId);
  const groups = [
    { title: particleText.tools.oneColor, choices: [{ id: ONE_COLOR, label: particleText.tools.oneColor }] },
    ...columnGroups(info),
  ];
  return (
    <Section title={words.colour}>
      <Row label={words.colorBy}>
        <Select
          label={words.colorBy}
          value={column?.name ?? ONE_COLOR}
          groups={groups}
          onChange={(id) => colorBy(viewId, id === ONE_COLOR ? undefined : id)}
        />
      </Row>
      {column && (
        <ScaleRows
          perPicture={words.perStep}
          colors={display.colors}
          unit={column.unit}
          commands={commands}
          limits={<Limits viewId={viewId} unit={column.unit} />}
        />
      )}
      {column && <Flag viewId={viewId} display={display} label={words.histogram} of="histogram" />}
    </Section>
  );
}

const Limits = memo(function Limits({ viewId, unit }: { viewId: string; unit: string }) {
  const levels = useViews((state) => state.views[viewId]?.particles?.shown?.levels);
  return <LimitRow shown={levels} unit={unit} commands={particleColors(viewId)} />;
});

const MODES = [
  { id: 'window', label: particleText.tools.window },
  { id: 'all', label: particleText.tools.all },
] as const;
const LONGEST_TAIL = 500;

function TrackSection({ viewId, display }: DisplayParts) {
  const steps = (label: string, value: number, set: (steps: number) => void) => (
    <NumberField
      label={label}
      value={value}
      text={String(value)}
      min={0}
      max={LONGEST_TAIL}
      step={1}
      parse={(typed) => Math.abs(Math.round(parseNumber(typed)))}
      onChange={(next) => set(Math.round(next))}
    />
  );
  return (
    <Section title={words.tracks}>
      <Row label={words.mode}>
        <Segmented label={words.mode} value={display.mode} choices={MODES} onChange={(mode) => changeDisplay(viewId, { mode })} />
      </Row>
      <Flag viewId={viewId} display={display} label={words.tails} of="tails" />
      {display.mode === 'window' && display.tails && (
        <>
          <Row label={words.before}>
            {steps(particleText.tools.before, display.before, (before) => changeDisplay(viewId, { before }))}
            <span className={styles.unit}>{particleText.tools.steps}</span>
          </Row>
          <Row label={words.after}>
            {steps(particleText.tools.after, display.after, (after) => changeDisplay(viewId, { after }))}
            <span className={styles.unit}>{particleText.tools.steps}</span>
          </Row>
          <Flag viewId={viewId} display={display} label={words.fade} of="fade" />
        </>
      )}
      <Flag viewId={viewId} display={display} label={words.arrows} of="arrows" />
      {display.arrows && (
        <Row label={words.length}>
          <Slider
            label={words.length}
            value={Math.log2(display.arrowLength)}
            min={-3}
            max={4}
            step={0.1}
            onChange={(power) => changeDisplay(viewId, { arrowLength: Number((2 ** power).toPrecision(2)) })}
          />
          <NumberField
            label={words.length}
            value={display.arrowLength}
            text={valueText(display.arrowLength, 3)}
            unit="×"
            step={0.1}
            min={0.01}
            max={1000}
            parse={parseNumber}
            onChange={(arrowLength) => changeDisplay(viewId, { arrowLength })}
          />
        </Row>
      )}
    </Section>
  );
}

function SpaceSection({ viewId, display }: DisplayParts) {
  return (
    <Section title={words.space}>
      <Flag viewId={viewId} display={display} label={words.depthShading} of="depthShading" />
      <Flag viewId={viewId} display={display} label={words.box} of="boundingBox" />
      <Flag viewId={viewId} display={display} label={words.back} of="backPlanes" />
    </Section>
  );
}
