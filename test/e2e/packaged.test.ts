import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchDesktop } from '../support/desktop-program.ts';
import { readFuses } from '../support/fuses.ts';
import { distinctColours } from '../support/picture.ts';
import { describePackaged, stage } from '../support/stage.ts';

const RECORDING = join(stage().root, 'examples', 'cylinder-wake', 'Recording.set');

interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
}

function run(program: string, args: readonly string[], display: boolean): Promise<Ended> {
  const { DISPLAY: _own, WAYLAND_DISPLAY: _other, ...env } = process.env;
  const shown = display ? { ...env, DISPLAY: stage().display } : env;
  return new Promise((done) => {
    execFile(program, [...stage().electronArguments, ...args], { env: shown, timeout: 45_000 }, (error, stdout) =>
      done({ code: error ? (error.code ?? null) : 0, stdout }),
    );
  });
}

describePackaged('packed program', (program) => {
  it('has its fuses set', async () => {
    expect(await readFuses(program)).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      // On in the test build only: the debugger that drives the window needs it.
      enableNodeCliInspectArguments: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
  });

  it('passes its own checks', async () => {
    const { code, stdout } = await run(program, ['--smoke'], true);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      packaged: true,
      noNode: true,
      isolated: true,
      evalRefused: true,
      port: true,
      drawn: true,
    });
    expect(code).toBe(0);
  });

  it('answers the command line without a display', async () => {
    const formats = await run(program, ['formats', '--json'], false);
    expect(formats.code).toBe(0);
    expect(JSON.stringify(JSON.parse(formats.stdout))).toContain('davis-set');
    const info = await run(program, ['info', RECORDING, '--json'], false);
    expect(info.code).toBe(0);
    expect(JSON.parse(info.stdout)).toMatchObject({ kind: 'frames', format: 'davis-set' });
    expect((await run(program, ['info', join(stage().root, 'no such file')], false)).code).toBe(3);
  });

  it('reads HDF5 through a plugin of the library, which lies beside the archive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'streakline-'));
    try {
      const out = join(folder, 'ramp.npy');
      const file = join(stage().root, 'fixtures', 'hdf5', 'plugin.h5');
      expect(await run(program, ['read', file, '--buffer', '1', '--out', out], false)).toMatchObject({ code: 0 });
      const data = await readFile(out);
      expect(Array.from(new Uint16Array(data.buffer.slice(data.byteOffset + data.length - 8192)).subarray(0, 3))).toEqual([
        32768, 32776, 32784,
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('shows the example that was given on its command line', async () => {
    const desktop = await launchDesktop({ packaged: program, paths: [RECORDING] });
    try {
      const canvas = desktop.page.locator('canvas').first();
      await canvas.waitFor({ state: 'visible', timeout: 30_000 });
      await expect.poll(() => distinctColours(canvas), { timeout: 30_000, interval: 500 }).toBeGreaterThan(50);
    } finally {
      await desktop.close();
    }
  });
});
