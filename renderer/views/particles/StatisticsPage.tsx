import { useMemo } from 'react';
import { fixedText, valueText } from '../../../shared/draw/number-text.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import { numbersOf, useParticleTable } from '../../stores/particle-tables.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Section } from '../../widgets/Section.tsx';
import { columnLabel, findColumn } from './column-look.ts';
import facts from './FiltersPage.module.css';
import { SmallBars } from './SmallBars.tsx';
import { goToStep } from './particle-commands.ts';
import { lengthFacts, spreadOf, stepCounts } from './particle-counts.ts';

const words = particleText.statistics;

/** Numbers of the whole set, and of the column on the screen. */
export function StatisticsPage({ viewId, dataset, info }: { viewId: string; dataset: string; info: ParticleDatasetInfo }) {
  return (
    <>
      <OverTime viewId={viewId} dataset={dataset} info={info} />
      {info.tracks > 0 && <Lengths dataset={dataset} />}
      <OnScreen viewId={viewId} info={info} />
    </>
  );
}

function OverTime({ viewId, dataset, info }: { viewId: string; dataset: string; info: ParticleDatasetInfo }) {
  const counts = numbersOf(useParticleTable(dataset, 'counts'), 'particles');
  const step = useViews((state) => state.views[viewId]?.place.buffer ?? 0);
  const sums = useMemo(() => counts && stepCounts(counts, info.pulses), [counts, info.pulses]);
  const spread = sums && spreadOf(sums);
  return (
    <Section title={words.overTime}>
      {!sums || !spread ? (
        <p className={facts.none}>{words.reading}</p>
      ) : (
        <>
          <SmallBars
            label={words.overTime}
            values={sums}
            from={info.firstNumber}
            to={sums.length - 1 + info.firstNumber}
            unit={particleText.tools.steps}
            marked={step}
            onPick={(place) => goToStep(viewId, place)}
          />
          <Facts
            rows={[
              [words.min, text.grouped(spread.least), words.perStep],
              [words.mean, fixedText(spread.mean, 1), words.perStep],
              [words.max, text.grouped(spread.most), words.perStep],
              [words.total, text.grouped(info.particles), words.perStep],
            ]}
          />
        </>
      )}
    </Section>
  );
}

function Lengths({ dataset }: { dataset: string }) {
  const tracks = numbersOf(useParticleTable(dataset, 'lengths'), 'tracks');
  const found = useMemo(() => tracks && lengthFacts(tracks), [tracks]);
  return (
    <Section title={words.lengths}>
      {!tracks ? (
        <p className={facts.none}>{words.reading}</p>
      ) : (
        <>
          <SmallBars label={words.lengths} values={tracks} from={1} to={tracks.length} unit={particleText.filters.points} rooted />
          {found && (
            <Facts
              rows={[
                [words.shortest, text.grouped(found.shortest), particleText.filters.points],
                [words.median, text.grouped(found.median), particleText.filters.points],
                [words.mean, fixedText(found.mean, 1), particleText.filters.points],
                [words.longest, text.grouped(found.longest), particleText.filters.points],
              ]}
            />
          )}
        </>
      )}
    </Section>
  );
}

/** What lies behind the colour bar. */
function OnScreen({ viewId, info }: { viewId: string; info: ParticleDatasetInfo }) {
  const column = findColumn(
    info,
    useViews((state) => state.views[viewId]?.particles?.display.colorBy),
  );
  const bar = useViews((state) => state.views[viewId]?.particles?.shown?.bar);
  if (!column || !bar || bar.statistics.count === 0) return null;
  const { min, max, mean, std, count } = bar.statistics;
  return (
    <Section title={words.of(columnLabel(column.name))}>
      <Facts
        rows={[
          [words.smallest, valueText(min, 5), column.unit],
          [words.mean, valueText(mean, 5), column.unit],
          [words.std, valueText(std, 5), column.unit],
          [words.largest, valueText(max, 5), column.unit],
          [particleText.facts.particles, text.grouped(count), ''],
        ]}
      />
    </Section>
  );
}

function Facts({ rows }: { rows: readonly (readonly [name: string, value: string, unit: string])[] }) {
  return (
    <dl className={facts.facts}>
      {rows.map(([name, value, unit]) => (
        <div key={name} className={facts.fact}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
          <dd className={facts.small}>{unit}</dd>
        </div>
      ))}
    </dl>
  );
}
