import { once } from 'node:events';
import { app } from 'electron';
import type { BrowserWindow } from 'electron';

const SMOKE_LIMIT_MS = 30_000;

/**
 * Run inside the page: what the security settings promise, and that a port to the host arrives and the page drew something.
 * A text, because it is sent to another process.
 */
const CHECKS = `(async () => {
  const until = async (holds) => { while (!holds()) await new Promise((done) => setTimeout(done, 50)); return true; };
  const evalRefused = () => { try { (0, eval)('1'); return false; } catch { return true; } };
  const port = () => new Promise((done) => {
    addEventListener('message', ({ data, ports }) => { if (data?.tag === 'streakline-port' && data.id === 'smoke') done(ports.length === 1); });
    window.streakline.requestPort('control', 'smoke');
  });
  return {
    noNode: typeof require === 'undefined' && typeof process === 'undefined' && typeof Buffer === 'undefined',
    isolated: crossOriginIsolated,
    evalRefused: evalRefused(),
    port: await port(),
    drawn: await until(() => document.querySelector('#root')?.childElementCount > 0),
    title: document.title,
  };
})()`;

/** `--smoke`: checks of a packed program that nobody can attach a debugger to. Prints one JSON line and ends. */
export async function runSmokeChecks(window: BrowserWindow): Promise<void> {
  const late = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error(`not finished after ${SMOKE_LIMIT_MS} ms`)), SMOKE_LIMIT_MS),
  );
  try {
    if (window.webContents.isLoading()) await Promise.race([once(window.webContents, 'did-finish-load'), late]);
    const checks = (await Promise.race([window.webContents.executeJavaScript(CHECKS), late])) as Record<string, unknown>;
    const ok = Object.values(checks).every((value) => value !== false);
    process.stdout.write(`${JSON.stringify({ ok, packaged: app.isPackaged, electron: process.versions.electron, ...checks })}\n`);
    app.exit(ok ? 0 : 1);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ ok: false, error: error instanceof Error ? error.message : String(error) })}\n`);
    app.exit(1);
  }
}
