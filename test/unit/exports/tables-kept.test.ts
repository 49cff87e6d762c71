import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrange, writeArranged } from '../../../main/host/arrange.ts';
import '../../../main/host/node-inflate.ts';
import { openFrames, openPath } from '../../../main/host/open-path.ts';
import { readTable } from '../../../main/host/tables.ts';
import { WRITERS } from '../../../main/writers/registry.ts';
import { isFrameDataset } from '../../../shared/model/dataset.ts';
import { isTextColumn, type Table } from '../../../shared/model/table.ts';
import { temporaryFolder } from '../../support/export-round-trip.ts';

const IMAGES = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'davis', 'images.set');
const TARGETS = ['a.h5', 'a.zarr', 'a.npz', 'a.mat', 'a.tif', 'a.csv', 'a.dat', 'a.pvd', 'a.set'];

async function tablesOf(path: string): Promise<readonly Table[]> {
  const { dataset } = await openPath(path);
  await using open = dataset;
  if (!isFrameDataset(open)) throw new Error('no frames');
  expect(open.info.tables.map(({ name }) => name).sort()).toEqual(['devices', 'times']);
  return [await readTable(open, { name: 'devices', buffer: 1 }, {}), await readTable(open, { name: 'times' }, {})];
}

describe('devices and times', () => {
  it.each(TARGETS)('are tables again in %s', async (name) => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, name);
    const { dataset } = await openFrames(IMAGES, {});
    await using _ = dataset;
    const writer = WRITERS.find(({ extensions }) => extensions.includes(name.slice(2)));
    if (!writer) throw new Error(`no writer of ${name}`);
    const arrangement = { paths: [IMAGES], writer, options: {}, target };
    const { losses } = await writeArranged(arrange([dataset], arrangement), arrangement, { target, force: false, resume: false }, {});
    expect(losses.join()).not.toContain('Tables');
    const [devices, times] = await tablesOf(target);
    const [wanted, wantedTimes] = await tablesOf(IMAGES);
    expect(devices).toEqual(wanted);
    expect(times).toEqual(wantedTimes);
    expect(devices?.columns.find(isTextColumn)?.values).toEqual(['Pulse energy']);
  });
});
