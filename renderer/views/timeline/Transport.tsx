import { memo } from 'react';
import { Toolbar } from 'react-aria-components';
import { actionById, runAction } from '../../actions/actions.ts';
import type { DatasetInfo, ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { placeCount } from '../../stores/frame-choices.ts';
import { goTo } from '../../stores/playback-effects.ts';
import { useFollow } from '../../stores/follow-store.ts';
import { PLAY_RATES, type PlayMode, usePlayback } from '../../stores/playback-store.ts';
import type { ViewFacts } from '../../stores/use-view-facts.ts';
import { numbersOf, useParticleTable } from '../../stores/particle-tables.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Select } from '../../widgets/Select.tsx';
import { parseNumber } from '../../../shared/draw/number-text.ts';
import { clockText, secondsText, shortTime } from './time-text.ts';
import styles from './Transport.module.css';

interface Props {
  readonly view: ViewFacts | undefined;
  readonly info: DatasetInfo | undefined;
}

/** Buttons, number and time of the buffer, and how it plays. */
export function Transport({ view, info }: Props) {
  return (
    <div className={styles.row}>
      <Buttons disabled={!info || placeCount(info) < 2} isParticles={info?.kind === 'particles'} />
      {view && info?.kind === 'frames' && info.mayGrow && <FollowButton dataset={view.dataset} />}
      {info && placeCount(info) > 0 && (
        <>
          <span className={styles.line} />
          <Place view={view} info={info} />
        </>
      )}
      <span className={styles.grow} />
      <Measured />
      <Speed />
    </div>
  );
}

/** `isParticles` is for the names of the buttons, which are those of the active view. */
const Buttons = memo(function Buttons({ disabled }: { disabled: boolean; isParticles: boolean }) {
  const playing = usePlayback((state) => state.playing !== undefined);
  const loop = usePlayback((state) => state.loop);
  useSettings((state) => state.keys);
  const button = (id: string) => {
    const { icon, label, keys } = actionById(id);
    return <IconButton icon={icon ?? 'play'} label={label} keys={keys[0]} disabled={disabled} onPress={() => runAction(id)} />;
  };
  return (
    <Toolbar className={styles.buttons ?? ''} aria-label={text.timeline.label}>
      {button('first-buffer')}
      {button('previous-buffer')}
      <IconButton
        icon={playing ? 'pause' : 'play'}
        label={playing ? text.actions.pause : text.actions.play}
        keys={actionById('play').keys[0]}
        pressed={playing}
        disabled={disabled}
        onPress={() => runAction('play')}
      />
      {button('next-buffer')}
      {button('last-buffer')}
      <IconButton icon="loop" label={text.actions.loop} pressed={loop} disabled={disabled} onPress={() => runAction('loop')} />
    </Toolbar>
  );
});

/** Of sets that may still be written: the last buffer is shown whenever there is a new one. */
function FollowButton({ dataset }: { dataset: string }) {
  const follows = useFollow((state) => state.following.includes(dataset));
  const { label, keys } = actionById('follow-last');
  return <IconButton icon="follow" label={label} keys={keys[0]} pressed={follows} onPress={() => runAction('follow-last')} />;
}

function Place({ view, info }: Props) {
  if (!view || !info) return null;
  const count = placeCount(info);
  const first = info.firstNumber;
  return (
    <>
      <div className={styles.number}>
        <NumberField
          label={info.kind === 'particles' ? particleText.timeline.step : text.timeline.buffer}
          value={view.place.buffer + first}
          text={String(view.place.buffer + first)}
          min={first}
          max={count - 1 + first}
          step={1}
          parse={(typed) => Math.round(parseNumber(typed))}
          onChange={(number) => goTo(view.id, { buffer: Math.round(number) - first })}
        />
      </div>
      <span className={styles.of}>{text.timeline.ofAll(first, count)}</span>
      <span className={styles.line} />
      {info.kind === 'particles' ? <StepTime view={view} info={info} /> : <BufferTime view={view} />}
    </>
  );
}

function BufferTime({ view }: { view: ViewFacts }) {
  const shown = view.bufferInfo?.index === view.place.buffer ? view.bufferInfo : undefined;
  const clock = shown && clockText(shown.attributes);
  return (
    <>
      <span className={styles.dim}>{text.timeline.acquisition}</span>
      {(shown?.time || !clock) && (
        <span className={styles.time}>
          {shown?.time ? (
            <span className="num">{secondsText(shown.time.seconds)} s</span>
          ) : (
            <span className={styles.dim}>{shown ? text.timeline.noTime : ''}</span>
          )}
        </span>
      )}
      {clock && <span className={styles.clock}>{clock}</span>}
    </>
  );
}

/** Time of the pulse on the screen, and how the pulses of a step follow each other. */
function StepTime({ view, info }: { view: ViewFacts; info: ParticleDatasetInfo }) {
  const times = numbersOf(useParticleTable(view.dataset, 'times'), 'time');
  const at = view.place.buffer * info.pulses;
  const seconds = times?.[at + view.place.frame];
  const apart = times && info.pulses > 1 ? times[at + 1]! - times[at]! : undefined;
  return (
    <>
      <span className={styles.dim}>{particleText.timeline.time}</span>
      <span className={styles.time}>{seconds !== undefined && <span className="num">{secondsText(seconds)} s</span>}</span>
      {info.pulses > 1 && (
        <span className={styles.clock}>{particleText.timeline.pulses(info.pulses, apart === undefined ? '' : shortTime(apart))}</span>
      )}
    </>
  );
}

function Measured() {
  const words = usePlayback(({ measured, dropped }) =>
    measured === undefined ? '' : text.timeline.measured(measured.toFixed(1), dropped),
  );
  return <span className={styles.measured}>{words}</span>;
}

const Speed = memo(function Speed() {
  const mode = usePlayback((state) => state.mode);
  const rate = usePlayback((state) => state.rate);
  const patch = usePlayback((state) => state.patch);
  return (
    <>
      <div className={styles.mode}>
        <Segmented
          label={text.timeline.mode}
          value={mode}
          onChange={(value: PlayMode) => patch({ mode: value })}
          choices={[
            { id: 'every', label: text.timeline.every },
            { id: 'real', label: text.timeline.real },
          ]}
        />
      </div>
      <div className={styles.rate}>
        <Select
          label={text.timeline.speed}
          value={String(rate)}
          onChange={(value) => patch({ rate: value === 'recorded' ? 'recorded' : Number(value) })}
          groups={[
            {
              title: text.timeline.speed,
              choices: PLAY_RATES.map((each) => ({
                id: String(each),
                label: each === 'recorded' ? text.timeline.recorded : text.timeline.rate(each),
              })),
            },
          ]}
        />
      </div>
    </>
  );
});
