import { memo } from 'react';
import { Toolbar } from 'react-aria-components';
import { ViewTool } from '../../app/ViewTool.tsx';
import bar from '../../app/ViewToolbar.module.css';
import { parseNumber } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { goTo } from '../../stores/playback-effects.ts';
import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { cx } from '../../widgets/class-names.ts';
import { Icon } from '../../widgets/Icon.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Select } from '../../widgets/Select.tsx';
import { columnGroups } from './column-look.ts';
import { planeOf } from '../../../shared/draw/space-camera.ts';
import { moveCamera } from '../space/camera-commands.ts';
import { ViewChoice } from '../space/ViewChoice.tsx';
import { changeDisplay, colorBy } from './particle-commands.ts';
import styles from './ParticleToolbar.module.css';

const words = particleText.tools;
const PROJECTIONS = [
  { id: 'perspective', label: words.perspective },
  { id: 'orthographic', label: words.orthographic },
] as const;
const MODES = [
  { id: 'window', label: words.window },
  { id: 'all', label: words.all },
] as const;

/** Tools of a view of particles. */
export const ParticleToolbar = memo(function ParticleToolbar({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  return (
    <div className={bar.bar}>
      <Toolbar className={bar.tools ?? ''} aria-label={words.label}>
        <ViewTool id="particle-pan" viewId={viewId} />
        <ViewTool id="particle-clip" viewId={viewId} />
        <span className={bar.line} />
        <ViewChoice viewId={viewId} />
        <ViewTool id="fit" viewId={viewId} />
        <Projection viewId={viewId} />
        <span className={styles.orthographic}>
          <ViewTool id="orthographic" viewId={viewId} />
        </span>
        {info.tracks > 0 && <ModeChoice viewId={viewId} />}
      </Toolbar>
      {info.tracks > 0 && (
        <div className={cx(info.pulses > 1 && styles.besidePulses)}>
          <Tail viewId={viewId} />
        </div>
      )}
      {info.pulses > 1 && <PulseChoice viewId={viewId} pulses={info.pulses} />}
      <ColorChoice viewId={viewId} info={info} />
      <span className={bar.line} />
      <ViewTool id="track-panel" viewId={viewId} optional />
      <div className={styles.rest}>
        <ViewTool id="export" viewId={viewId} />
        <ViewTool id="copy-picture" viewId={viewId} />
        <ViewTool id="split" viewId={viewId} />
        <ViewTool id="link" viewId={viewId} optional />
      </div>
    </div>
  );
});

function Projection({ viewId }: { viewId: string }) {
  const perspective = useViews((state) => state.views[viewId]?.particles?.camera.perspective ?? false);
  const flat = useViews((state) => {
    const camera = state.views[viewId]?.particles?.camera;
    return camera !== undefined && planeOf(camera) !== undefined;
  });
  if (flat) return null;
  return (
    <div className={styles.projection}>
      <Segmented
        label={words.projection}
        value={perspective ? 'perspective' : 'orthographic'}
        choices={PROJECTIONS}
        onChange={(id) => moveCamera(viewId, (camera) => ({ ...camera, perspective: id === 'perspective' }))}
      />
    </div>
  );
}

function ModeChoice({ viewId }: { viewId: string }) {
  const mode = useViews((state) => state.views[viewId]?.particles?.display.mode ?? 'window');
  return (
    <div className={styles.mode}>
      <Segmented label={words.mode} value={mode} choices={MODES} onChange={(next) => changeDisplay(viewId, { mode: next })} />
    </div>
  );
}

const LONGEST_TAIL = 500;

function Tail({ viewId }: { viewId: string }) {
  const before = useViews((state) => state.views[viewId]?.particles?.display.before ?? 0);
  const after = useViews((state) => state.views[viewId]?.particles?.display.after ?? 0);
  const all = useViews((state) => state.views[viewId]?.particles?.display.mode === 'all');
  if (all) return null;
  const field = (label: string, value: number, sign: string, change: (steps: number) => void) => (
    <NumberField
      label={label}
      value={value}
      text={`${value === 0 ? '' : sign}${value}`}
      min={0}
      max={LONGEST_TAIL}
      step={1}
      parse={(typed) => Math.abs(Math.round(parseNumber(typed)))}
      onChange={(steps) => change(Math.round(steps))}
    />
  );
  return (
    <div className={styles.tail} title={words.tailHint}>
      <span className={styles.name}>{words.tail}</span>
      <span className={styles.sign}>
        <Icon name="tracks" />
      </span>
      {field(words.before, before, '−', (steps) => changeDisplay(viewId, { before: steps }))}
      {field(words.after, after, '+', (steps) => changeDisplay(viewId, { after: steps }))}
      <span className={styles.unit}>{words.steps}</span>
    </div>
  );
}

function PulseChoice({ viewId, pulses }: { viewId: string; pulses: number }) {
  const pulse = useViews((state) => state.views[viewId]?.place.frame ?? 0);
  const choices = Array.from({ length: pulses }, (_, index) => ({ id: String(index), label: words.pulseNumber(index + 1) }));
  return (
    <div className={styles.pulse}>
      <Select
        label={words.pulse}
        value={String(pulse)}
        groups={[{ title: words.pulse, choices }]}
        onChange={(id) => goTo(viewId, { frame: Number(id) })}
      />
    </div>
  );
}

const ONE_COLOR = '-';

function ColorChoice({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const column = useViews((state) => state.views[viewId]?.particles?.display.colorBy ?? ONE_COLOR);
  return (
    <div className={styles.color}>
      <span className={styles.name}>{words.color}</span>
      <Select
        label={words.color}
        value={column}
        groups={[{ title: words.oneColor, choices: [{ id: ONE_COLOR, label: words.oneColor }] }, ...columnGroups(info)]}
        onChange={(id) => colorBy(viewId, id === ONE_COLOR ? undefined : id)}
      />
    </div>
  );
}
