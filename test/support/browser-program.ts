import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Program } from './program.ts';
import { stage } from './stage.ts';
import { watchPage } from './watch-page.ts';

export interface Served {
  readonly url: string;
  /** Ends the server as Ctrl-C does; throws what it said where it had ended by itself. */
  end(): Promise<void>;
}

/** Longer than this nothing that the server still does can take. */
const END_LIMIT_MS = 10_000;

/** `streakline serve` as a user starts it; the first address that it prints is the page's. */
export async function serve(...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [join(stage().root, 'out', 'main', 'cli.mjs'), 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | string | null>((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /https?:\/\/\S+/.exec(said)?.[0];
      if (found) resolve(found);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
  return {
    url,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`serve had ended by itself with ${await ended}: ${said}`);
      child.kill('SIGINT');
      const late = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
      const code = await ended;
      clearTimeout(late);
      if (code === 'SIGKILL') throw new Error(`serve did not end within ${END_LIMIT_MS} ms of Ctrl-C: ${said}`);
    },
  };
}

export async function launchBrowser(): Promise<Program> {
  let served = await serve();
  // Debian's Chromium cannot use its sandbox as root in a container; the page under test is our own.
  const browser = await chromium.launch({ executablePath: stage().chromium ?? '', args: [...stage().electronArguments] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const watch = await watchPage(context, page);

  async function load(): Promise<void> {
    await page.goto(served.url);
    await page.locator('#root > *').first().waitFor({ state: 'attached' });
  }

  await load();
  return {
    ...watch,
    page,
    async open(...paths) {
      // A page that loses its server says so, and rightly.
      await page.goto('about:blank');
      await served.end();
      served = await serve(...paths);
      await load();
    },
    async close() {
      await browser.close();
      await served.end();
    },
  };
}
