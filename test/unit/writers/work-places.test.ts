import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convert } from '../../../main/host/convert.ts';
import { writeAtomically } from '../../../main/writers/atomic-file.ts';
import { clearLeftovers, lastingPlace, occupy, passingPlace } from '../../../main/writers/work-places.ts';
import { npyBytes } from '../../support/npy-bytes.ts';
import { namesIn, temporaryFolder } from '../../support/export-round-trip.ts';

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

/** The same place as one of a process that was killed. */
function killed(place: string): string {
  return place.replace(`-${process.pid}-`, `-${endedProcess()}-`);
}

describe('what killed jobs leave', () => {
  it('is cleared away by the next job of the same target, and nothing else is', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'a.h5');
    const stale = killed(passingPlace(target));
    const running = passingPlace(target);
    const other = killed(passingPlace(join(folder.path, 'b.h5')));
    const foreign = join(folder.path, '.a.h5.mine.part');
    for (const path of [stale, running, other, foreign]) await writeFile(path, 'half');
    await writeAtomically(target, { force: false }, (file) => file.write(Uint8Array.of(1)));
    expect((await namesIn(folder.path)).map((name) => join(folder.path, name))).toEqual([running, other, foreign, target].sort());
  });

  it('is cleared away where it could be gone on with, unless somebody works on it', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'a');
    const [left, taken, half] = ['left', 'taken', 'half'].map((identity) => lastingPlace(target, identity)) as [string, string, string];
    for (const path of [left, taken, half]) await mkdir(join(path, 'a'), { recursive: true });
    const leave = await occupy(taken);
    const [owner = ''] = (await namesIn(taken)).filter((name) => name.startsWith('.owner'));
    await writeFile(killed(join(half, owner)), '');
    await clearLeftovers(target);
    expect((await namesIn(folder.path)).map((name) => join(folder.path, name))).toEqual([taken]);
    await leave();
    await clearLeftovers(target);
    expect(await namesIn(folder.path)).toEqual([]);
  });
});

it.each(['x'.repeat(250), '測'.repeat(83)])('a name that is nearly too long (%#) has room for its place', async (name) => {
  await using folder = await temporaryFolder();
  const target = join(folder.path, name);
  await writeFile(killed(passingPlace(target)), 'half');
  await writeAtomically(target, { force: false }, (file) => file.write(Uint8Array.of(1)));
  expect(await namesIn(folder.path)).toEqual([name]);
});

describe('--resume', () => {
  it.each(['out.set', 'out.zarr'])('goes on with work of the same range and expressions only: %s', async (name) => {
    await using folder = await temporaryFolder();
    const source = join(folder.path, 'a.npy');
    await writeFile(
      source,
      npyBytes(
        'u2',
        [2, 3, 2, 2],
        Uint16Array.from({ length: 24 }, (_, i) => i),
      ),
    );
    const target = join(folder.path, name);
    const job = { paths: [source], target, open: {}, options: {}, force: false, resume: true };
    const abort = new AbortController();
    const stopped = convert({ ...job, range: '0:3', set: [], signal: abort.signal, progress: () => abort.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(await namesIn(folder.path)).toHaveLength(2);
    await convert({ ...job, range: '3:6', set: ['PIXEL=PIXEL+100'] });
    expect(await namesIn(folder.path)).not.toContain(expect.stringContaining('.part'));
    const copy = join(folder.path, 'b.npy');
    await convert({ ...job, paths: [target], target: copy, set: [], resume: false });
    const bytes = await readFile(copy);
    expect(Array.from(new Uint16Array(Uint8Array.from(bytes.subarray(-16)).buffer))).toEqual([116, 117, 118, 119, 120, 121, 122, 123]);
  });
});
