import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser } from './browser-program.ts';
import { launchDesktop } from './desktop-program.ts';
import { stage } from './stage.ts';
import type { Where } from './stage.ts';
import type { PageWatch } from './watch-page.ts';

/** The running program, the same to a test in the desktop window and in a browser. */
export interface Program extends PageWatch {
  readonly page: Page;
  /** Opens files or folders as a user's second start does; in a browser the server is started with them. */
  open(...paths: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function launch(where: Where): Promise<Program> {
  return where === 'desktop' ? launchDesktop() : launchBrowser();
}

/** Ends it; nothing may have been refused or thrown in all that the tests did. */
export async function closeClean(program: Program): Promise<void> {
  const problems = await program.problems();
  await program.close();
  expect(problems).toEqual([]);
}

export async function screenshot(program: Program, where: Where, name: string): Promise<void> {
  await program.page.screenshot({ path: join(stage().screenshots, `${name}-${where}.png`) });
}
