import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatById, openPath } from '../main/host/open-path.ts';
import { locatePath } from '../main/host/locate.ts';
import '../main/host/node-inflate.ts';
import { parseOptions } from '../main/formats/options.ts';
import { limitedFolder } from '../main/sources/limited-folder.ts';
import { isFrameDataset, type Dataset, type FrameDatasetInfo } from '../shared/model/dataset.ts';
import { compareArray } from './support/compare-arrays.ts';
import { compareBuffer, compareInfo, expectFailure } from './support/compare-info.ts';
import './support/hdf5-plugins.ts';
import { compareParticles } from './support/compare-particles.ts';
import { fixtureFolders, type FixtureCase, type ParticleCase } from './support/fixtures.ts';

for (const { folder, name, cases } of fixtureFolders()) {
  describe(`fixtures/${name}`, () => {
    for (const fixture of cases) {
      const title = `${fixture.path} ${JSON.stringify(fixture.open)}`;
      if (fixture.code) test(`${title} fails: ${fixture.message}`, () => compareFailure(folder, fixture));
      else test(title, () => compareDataset(folder, fixture));
      if (fixture.limits) test(`${title} reads little`, () => countBytes(folder, fixture));
    }
  });
}

async function compareFailure(folder: string, fixture: FixtureCase): Promise<void> {
  const failure = await openPath(join(folder, fixture.path), { options: fixture.open }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expectFailure(failure, fixture.code, fixture.message);
}

async function compareDataset(folder: string, fixture: FixtureCase): Promise<void> {
  const { dataset, format } = await openPath(join(folder, fixture.path), { options: fixture.open });
  await using _ = dataset;
  expect(format).toBe(fixture.format);
  if (!isFrameDataset(dataset)) return await compareParticles(dataset, fixture as unknown as ParticleCase, folder);
  const { info, arrays = [], errors = [] } = fixture;
  if (info) compareInfo(dataset.info, info);
  const buffers = info?.buffers ?? (info?.buffer ? [info.buffer] : []);
  for (const [index, expected] of buffers.entries()) if (expected) compareBuffer((await dataset.buffer(index)).info, expected);
  for (const expected of arrays) await compareArray(await dataset.buffer(flatIndex(dataset.info, expected.index)), expected, folder);
  for (const { index, code, message } of errors) {
    expectFailure(
      await dataset.buffer(flatIndex(dataset.info, index)).then(
        () => undefined,
        (error: unknown) => error,
      ),
      code,
      message,
    );
  }
}

function flatIndex(info: FrameDatasetInfo, index: readonly number[]): number {
  return info.nav.reduce((flat, axis, i) => flat * axis.size + (index[i] ?? 0), 0);
}

async function countBytes(folder: string, fixture: FixtureCase): Promise<void> {
  const place = await locatePath(join(folder, fixture.path));
  const budget = { left: Number.MAX_SAFE_INTEGER, used: 0 };
  const format = formatById(fixture.format);
  const opened = await format.open({
    folder: limitedFolder(place.folder, budget),
    entry: place.entry,
    options: parseOptions(format.options, fixture.open),
  });
  await using dataset: Dataset = opened.dataset;
  expect(budget.used).toBeLessThanOrEqual(fixture.limits?.open ?? 0);
  const before = budget.used;
  await (isFrameDataset(dataset) ? dataset.buffer(0) : dataset.track(0));
  expect(budget.used - before).toBeLessThanOrEqual(fixture.limits?.buffer ?? 0);
}
