import type { BrowserContext, Page } from 'playwright-core';

/** What went wrong in a page although nobody asked it to. */
export interface PageWatch {
  /** Violations of the content security policy, uncaught errors and error lines of the console since the page was loaded. */
  problems(): Promise<readonly string[]>;
  /** Lengths of tasks over 50 ms on the page's own thread since the last call, in milliseconds. */
  longTasks(): Promise<readonly number[]>;
}

interface WatchedWindow {
  streaklineWatch: { violations: string[]; longTasks: number[] };
}

/** Runs in the page before its own scripts. */
function record(): void {
  const watch = { violations: [] as string[], longTasks: [] as number[] };
  (window as unknown as WatchedWindow).streaklineWatch = watch;
  document.addEventListener('securitypolicyviolation', (event) => {
    watch.violations.push(
      `content security policy: ${event.violatedDirective} refused ${event.blockedURI || 'inline'} (${event.sourceFile}:${event.lineNumber})`,
    );
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watch.longTasks.push(Math.round(entry.duration));
  }).observe({ type: 'longtask', buffered: true });
}

/** To be called before the page is loaded (again). */
export async function watchPage(context: BrowserContext, page: Page): Promise<PageWatch> {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
  await context.addInitScript(record);
  return {
    async problems() {
      const violations = await page.evaluate(() => (window as unknown as WatchedWindow).streaklineWatch.violations);
      return [...said, ...violations];
    },
    longTasks: () => page.evaluate(() => (window as unknown as WatchedWindow).streaklineWatch.longTasks.splice(0)),
  };
}
