import { useState } from 'react';
import { fixedText, parseNumber, valueText } from '../../../shared/draw/number-text.ts';
import { particleAxes } from '../../../shared/draw/particle-axes.ts';
import { isDataError, toErrorRecord } from '../../../shared/model/data-error.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { Differentiation } from '../../../shared/model/track-selection.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { openAs } from '../../stores/open-effects.ts';
import { useProject } from '../../stores/project-store.ts';
import { goTo } from '../../stores/playback-effects.ts';
import { activeView, useViews, type ViewState } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import dialogs from '../dialogs/dialogs.module.css';
import { proposedCells, type Cells } from './bin-proposal.ts';
import styles from './BinDialog.module.css';
import { MethodRows } from './MotionSection.tsx';

const words = particleText.bin;
const MOST_CELLS = 1000;

/** Opens the same set as vectors on a grid, without tracks as counts, in a view of its own. */
export function BinDialog({ viewId, onClose }: { viewId: string; onClose(): void }) {
  const view = useViews((state) => state.views[viewId]);
  const info = useDatasets((state) => (view ? state.opened[view.dataset]?.info : undefined));
  return view?.particles && info?.kind === 'particles' ? (
    <Bin view={view} info={info} how={view.particles.display.differentiation} onClose={onClose} />
  ) : null;
}

function Bin({ view, info, how, onClose }: { view: ViewState; info: ParticleDatasetInfo; how: Differentiation; onClose(): void }) {
  const hasVelocity = info.tracks > 0;
  const [perBuffer, setPerBuffer] = useState(info.steps);
  const [cells, setCells] = useState<Cells>(() => proposedCells(info, info.steps));
  const [least, setLeast] = useState(1);
  const [method, setMethod] = useState(how);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const origin = useProject((state) => state.origins[view.dataset]);
  const open = async (): Promise<void> => {
    setBusy(true);
    try {
      await openAs(origin?.path ?? info.path, info.format, {
        ...origin?.options,
        bin: cells,
        bin_steps: perBuffer,
        min_count: least,
        ...(hasVelocity && method.method === 'fit' ? { fit: [method.order, method.length] } : {}),
      });
      showMiddle(cells);
      onClose();
    } catch (error) {
      const { message, hint } = toErrorRecord(error);
      setWrong(hint && isDataError(error) ? `${message} ${hint}` : message);
    } finally {
      setBusy(false);
    }
  };
  const whole = (typed: string): number => Math.round(parseNumber(typed));
  return (
    <Dialog
      title={words.title(info.title)}
      width={480}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button look="primary" disabled={busy} onPress={() => void open()}>
            {words.run}
          </Button>
        </>
      }
    >
      <div className={dialogs.pad}>
        <div className={dialogs.field}>
          <span>{words.cells}</span>
          <div className={styles.cells}>
            {(['x', 'y', 'z'] as const).map((axis, index) => (
              <NumberField
                key={axis}
                label={words.along(axis)}
                value={cells[index]}
                text={String(cells[index])}
                unit={axis}
                min={1}
                max={MOST_CELLS}
                step={1}
                parse={whole}
                onChange={(count) => setCells(cells.map((before, at) => (at === index ? Math.round(count) : before)) as unknown as Cells)}
              />
            ))}
            <Button small look="quiet" onPress={() => setCells(proposedCells(info, perBuffer))}>
              {words.reset}
            </Button>
          </div>
          <p className={dialogs.help}>{cellsText(info, cells, perBuffer)}</p>
        </div>
        <div className={dialogs.field}>
          <span>{words.perStep}</span>
          <span className={styles.number}>
            <NumberField
              label={words.perStep}
              value={perBuffer}
              text={text.grouped(perBuffer)}
              min={1}
              max={info.steps}
              step={1}
              parse={whole}
              onChange={(steps) => setPerBuffer(Math.round(steps))}
            />
          </span>
          <p className={dialogs.help}>{words.perStepHelp(Math.ceil(info.steps / perBuffer), hasVelocity)}</p>
        </div>
        <div className={dialogs.field}>
          <span>{words.least}</span>
          <span className={styles.number}>
            <NumberField
              label={words.least}
              value={least}
              text={String(least)}
              min={1}
              max={1e6}
              step={1}
              parse={whole}
              onChange={(count) => setLeast(Math.round(count))}
            />
          </span>
          <p className={dialogs.help}>{words.leastHelp}</p>
        </div>
        {hasVelocity && (
          <>
            <h3 className={dialogs.heading}>{words.method}</h3>
            <div className={styles.method}>
              <MethodRows how={method} onChange={setMethod} />
            </div>
          </>
        )}
        {wrong !== undefined && (
          <p className={dialogs.error} role="alert">
            {wrong}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** The new view begins in the middle of the volume: at the sides there are few particles. */
function showMiddle(cells: Cells): void {
  const opened = activeView();
  if (opened && !opened.particles) goTo(opened.id, { plane: cells[2] >> 1 });
}

/** '19,200 cells of 2 × 2 × 1.5 mm; about 21 particles each.' */
function cellsText(info: ParticleDatasetInfo, cells: Cells, perBuffer: number): string {
  const { box, units } = particleAxes(info);
  const total = cells[0] * cells[1] * cells[2];
  const sides = cells.map((count, axis) => valueText((box.high[axis]! - box.low[axis]!) / count, 3)).join(' × ');
  const each = ((info.particles / Math.max(1, info.steps)) * perBuffer) / total;
  return words.cellsHelp(total, each < 10 ? valueText(each, 2) : fixedText(each, 0), `${sides}${units[0] === '' ? '' : ` ${units[0]}`}`);
}
