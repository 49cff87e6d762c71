import { mkdir, stat, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hdf5Library } from '../../../main/codecs/hdf5/library.ts';
import { hdf5 } from '../../../main/formats/hdf5/hdf5.ts';
import '../../../main/host/node-hdf5.ts';
import { hdf5Writer } from '../../../main/writers/hdf5.ts';
import { imageSample } from '../../support/described-data.ts';
import { openWith, temporaryFolder, writeTo } from '../../support/export-round-trip.ts';

/** A file that is nothing but links: name of the link -> file that it names. */
async function writeLinks(path: string, links: Readonly<Record<string, string>>): Promise<void> {
  const { calls } = await hdf5Library();
  const file = calls.open(path, calls.H5F_ACC_TRUNC, false, -1, -1);
  for (const [name, target] of Object.entries(links)) calls.create_external_link(file, target, '/frame0/PIXEL', name);
  calls.close_file(file);
}

it('follows links to files beside and below, and to no others', async () => {
  await using folder = await temporaryFolder();
  const inside = join(folder.path, 'inside');
  await mkdir(join(inside, 'deep'), { recursive: true });
  const secret = join(folder.path, 'secret.h5');
  for (const path of [secret, join(inside, 'beside.h5'), join(inside, 'deep', 'below.h5')])
    await writeTo(hdf5Writer, imageSample(), path, {});
  await symlink(secret, join(inside, 'led.h5'));
  const links = { beside: 'beside.h5', below: 'deep/below.h5', above: '../secret.h5', absolute: secret, led: 'led.h5' };
  await writeLinks(join(inside, 'links.h5'), links);
  await using dataset = await openWith(hdf5, join(inside, 'links.h5'));
  expect(dataset.info.children.map(({ options }) => options?.ds_path).sort()).toEqual(['/below', '/beside']);
  expect(dataset.info.warnings).toMatchObject([{ code: 'broken-links', message: expect.stringContaining('/above, /absolute, /led') }]);
});

it('leaves the library its own words about damage', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'cut.h5');
  await writeTo(hdf5Writer, imageSample(), path, {});
  await truncate(path, (await stat(path)).size - 1000);
  await expect(openWith(hdf5, path)).rejects.toMatchObject({ code: 'truncated', message: expect.stringContaining('truncated file') });
});
