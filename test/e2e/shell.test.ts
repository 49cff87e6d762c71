import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchDesktop } from '../support/desktop-program.ts';
import type { DesktopProgram } from '../support/desktop-program.ts';
import { describeDesktop, stage } from '../support/stage.ts';

const NPY = join(stage().root, 'fixtures', 'npy');
const EXAMPLE = join(stage().root, 'examples', 'cylinder-wake');

describeDesktop('desktop shell', () => {
  let program: DesktopProgram;
  beforeAll(async () => {
    program = await launchDesktop();
  });
  afterAll(async () => {
    await program.close();
  });

  it('gives the page nothing of Node or Electron', async () => {
    const seen = await program.page.evaluate(() =>
      ['require', 'process', 'Buffer', 'module', 'global', '__dirname'].filter((name) => name in globalThis),
    );
    expect(seen).toEqual([]);
    const offered = await program.page.evaluate(() => Object.keys((window as unknown as { streakline: object }).streakline).sort());
    expect(offered).not.toContain('ipcRenderer');
    expect(offered).toContain('requestPort');
  });

  it('keeps sandbox, context isolation and web security on', async () => {
    const preferences = await program.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as
        | { getLastWebPreferences(): Record<string, unknown> }
        | undefined;
      return contents?.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('goes nowhere else', async () => {
    const before = program.page.url();
    await program.page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await program.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'file:///etc/passwd';
      document.body.append(link);
      link.click();
      link.remove();
    });
    await program.page.waitForTimeout(300);
    expect(program.page.url()).toBe(before);
  });

  it('opens no second window', async () => {
    expect(await program.page.evaluate(() => window.open('app://ui/') === null)).toBe(true);
    expect(await program.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('is refused every permission but writing to the clipboard', async () => {
    const states = await program.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      const entries = names.map(
        async (name) => [name, (await navigator.permissions.query({ name: name as PermissionName })).state] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    });
    expect(new Set(Object.values(states))).toEqual(new Set(['denied']));
    const asked = await program.page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        (error: Error) => error.name,
      ),
    );
    expect(asked).not.toBe('granted');
  });

  it("reads no file outside of the page's own folder", async () => {
    const status = await program.page.evaluate(async () => {
      const outside = ['app://ui/../main/index.cjs', 'app://ui/%2e%2e/main/index.cjs', 'app://ui/..%2fmain%2findex.cjs'];
      return Promise.all(
        outside.map((url) =>
          fetch(url).then(
            (reply) => reply.status,
            () => 0,
          ),
        ),
      );
    });
    expect(status.every((code) => code !== 200)).toBe(true);
  });

  it('does not answer a frame that is not its own page', async () => {
    const refused = await program.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>foreign</p>';
      document.body.append(frame);
      await new Promise((done) => setTimeout(done, 300));
      const seen = (frame.contentWindow as unknown as { streakline?: unknown } | null)?.streakline;
      frame.remove();
      return seen === undefined;
    });
    expect(refused).toBe(true);
  });

  it('hands the paths of a second start to the window that is there', async () => {
    const heard = program.page.evaluate(
      () =>
        new Promise<readonly string[]>((done) =>
          (window as unknown as { streakline: { onOpenPaths(listener: (paths: readonly string[]) => void): void } }).streakline.onOpenPaths(
            done,
          ),
        ),
    );
    const { command, args, env } = program.startAgain(EXAMPLE);
    const code = await new Promise((done) => spawn(command, [...args], { env, stdio: 'ignore' }).on('exit', done));
    expect(code).toBe(0);
    expect(await heard).toEqual([EXAMPLE]);
    expect(await program.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('starts a host that was killed again, and the page goes on', async () => {
    const told = program.page.evaluate(
      () =>
        new Promise<{ healed: boolean }>((done) =>
          (
            window as unknown as { streakline: { onHostRestarted(listener: (restart: { healed: boolean }) => void): void } }
          ).streakline.onHostRestarted(done),
        ),
    );
    const before = await hostPid(program);
    process.kill(before, 'SIGKILL');
    expect((await told).healed).toBe(true);
    await expect.poll(() => hostPid(program)).not.toBe(before);
    await program.open(join(NPY, 'scan.npy'));
    await expect
      .poll(() => program.page.getByRole('treegrid', { name: 'Project tree' }).textContent(), { timeout: 15_000 })
      .toContain('scan');
  });
});

async function hostPid(program: DesktopProgram): Promise<number> {
  const metrics = await program.electron.evaluate(({ app }) =>
    app.getAppMetrics().map(({ pid, name, serviceName, type }) => ({ pid, name, serviceName, type })),
  );
  const host = metrics.find(({ name }) => name === 'Streakline host');
  return host?.pid ?? 0;
}
