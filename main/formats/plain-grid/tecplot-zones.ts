import { DataError } from '../../../shared/model/data-error.ts';
import type { FrameDataset, ReadOptions } from '../../../shared/model/dataset.ts';
import type { ByteSource } from '../../sources/byte-source.ts';
import { describedDataset, describedInfo, type DescribedBuffer } from '../described-dataset.ts';
import { isGridTable, type ColumnName } from './column-names.ts';
import { gridBuffer } from './grid-frame.ts';
import { zoneColumns, zoneValue, type TecplotText, type Zone } from './tecplot-text.ts';
import { unicode } from './text-columns.ts';

/** Zones on a regular grid, a buffer each. Closing the dataset closes the source. */
export function tecplotGrids(source: ByteSource, { variables, zones, title }: TecplotText, name: string): FrameDataset {
  const path = source.name;
  if (zones.length === 0 || !isGridTable(variables))
    throw new DataError('unsupported', 'The Tecplot file has no zone of rows with x, y and a variable.', { path, field: 'VARIABLES' });
  const info = describedInfo({ format: 'tecplot', kind: 'Tecplot file', path, title: title || name, buffers: zones.length }, undefined);
  return describedDataset({
    info: { ...info, rawDtype: 'text' },
    openBuffer: (index, options) => readZone(source, zones[index] as Zone, variables, options),
    close: () => Promise.resolve(source[Symbol.asyncDispose]()),
  });
}

/** Variables of positions are plain x, y and z for other programs; our zones say their units beside them. */
function positionUnit(zone: Zone, meaning: ColumnName['meaning']): string {
  return meaning === 'x' || meaning === 'y' || meaning === 'z' ? unicode(zoneValue(zone, `${meaning}_unit`) ?? '') : '';
}

async function readZone(source: ByteSource, zone: Zone, variables: readonly ColumnName[], options: ReadOptions): Promise<DescribedBuffer> {
  const values = await zoneColumns(source, zone, variables.length, options);
  const columns = variables.map((variable, at) => ({
    ...variable,
    unit: variable.unit || positionUnit(zone, variable.meaning),
    values: values[at] as Float64Array,
  }));
  const time = Number(zoneValue(zone, 'SOLUTIONTIME') ?? Number.NaN);
  return gridBuffer(columns, source.name, {
    name: unicode(zoneValue(zone, 'T') ?? ''),
    ...(Number.isFinite(time) ? { time: { seconds: time, source: 'SOLUTIONTIME' } } : {}),
  });
}
