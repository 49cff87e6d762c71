import { describe, inject } from 'vitest';

/** What this machine offers to end-to-end tests; made by test/e2e/setup.mjs. */
export interface Stage {
  readonly root: string;
  readonly screenshots: string;
  /** Binaries; undefined where there is none. */
  readonly chromium: string | undefined;
  readonly electron: string | undefined;
  readonly packaged: string | undefined;
  readonly electronArguments: readonly string[];
  readonly display: string | undefined;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly stage: Stage;
  }
}

export type Where = 'desktop' | 'browser';

export function stage(): Stage {
  return inject('stage');
}

function isThere(where: Where): boolean {
  return (where === 'desktop' ? stage().electron : stage().chromium) !== undefined;
}

/** The same tests in the desktop program and in a browser; what this machine lacks is counted as skipped. */
export function describeBoth(name: string, tests: (where: Where) => void): void {
  for (const where of ['desktop', 'browser'] as const) describe.skipIf(!isThere(where))(`${name} (${where})`, () => tests(where));
}

export function describeDesktop(name: string, tests: () => void): void {
  describe.skipIf(!isThere('desktop'))(name, tests);
}

export function describePackaged(name: string, tests: (program: string) => void): void {
  const { packaged } = stage();
  describe.skipIf(packaged === undefined)(name, () => tests(packaged ?? ''));
}
