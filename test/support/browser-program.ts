import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Program } from './program.ts';
import { stage } from './stage.ts';
import { watchPage } from './watch-page.ts';

interface Served {
  readonly url: string;
  readonly process: ChildProcess;
}

/** `streakline serve` as a user starts it; its first line names the address. */
export async function serve(...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [join(stage().root, 'out', 'main', 'cli.mjs'), 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /https?:\/\/\S+/.exec(said)?.[0];
      if (found) resolve(found);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('exit', (code) => reject(new Error(`serve ended with code ${code}: ${said}`)));
  });
  return { url, process: child };
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.on('exit', () => resolve());
    child.kill();
  });
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
      await end(served.process);
      served = await serve(...paths);
      await load();
    },
    async close() {
      await browser.close();
      await end(served.process);
    },
  };
}
