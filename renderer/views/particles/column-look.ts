import { particleColumns, type ParticleColumn } from '../../../shared/compute/particles/columns.ts';
import { columnKind } from '../../../shared/draw/field-kind.ts';
import type { ParticleDatasetInfo } from '../../../shared/model/dataset.ts';
import type { ColorSettings } from '../../stores/display-settings.ts';
import { particleText } from '../../strings/particle-text.ts';
import type { SelectGroup } from '../../widgets/Select.tsx';
import { defaultColors } from '../frame/default-display.ts';
import { pageBrightness } from '../frame/view-look.ts';

/** Colours that suit a column. */
export function columnColors(column: string): ColorSettings {
  return defaultColors(columnKind(column), pageBrightness());
}

export function columnLabel(name: string): string {
  return (particleText.columns as Readonly<Record<string, string>>)[name] ?? name;
}

/** Filters of tracks go by the mean of a column; names of scalars stay as they are written. */
export function meanLabel(name: string): string {
  const label = columnLabel(name);
  return label === name ? particleText.filters.meanOf(name) : particleText.filters.mean(label);
}

/** As short as the label of a picked particle wants it. */
export function columnSign(name: string): string {
  return { speed: '|v|', acceleration: '|a|' }[name] ?? name;
}

export function findColumn(info: ParticleDatasetInfo, name: string | undefined): ParticleColumn | undefined {
  return name === undefined ? undefined : particleColumns(info).find((column) => column.name === name);
}

/** Columns as groups of choices with their units. */
export function columnGroups(
  info: ParticleDatasetInfo,
  columns: readonly ParticleColumn[] = particleColumns(info),
): readonly SelectGroup[] {
  return (['motion', 'stored', 'track'] as const).map((kind) => ({
    title: particleText.kinds[kind],
    choices: columns
      .filter((column) => column.kind === kind)
      .map(({ name, unit }) => ({ id: name, label: columnLabel(name), ...(unit ? { note: unit } : {}) })),
  }));
}
