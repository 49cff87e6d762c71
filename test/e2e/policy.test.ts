import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { describeBoth } from '../support/stage.ts';

interface Marked {
  inlineRan?: boolean;
}

describeBoth('content security policy', (where) => {
  let program: Program;
  beforeAll(async () => {
    program = await launch(where);
  });
  afterAll(async () => {
    await program.close();
  });

  /** In a task of the page's own: what the debugger itself runs may do anything. */
  it('refuses generated code', async () => {
    const ran = await program.page.evaluate(
      () =>
        new Promise((done) => {
          setTimeout(() => {
            try {
              done(new Function('return 1 + 1')());
            } catch (error) {
              done((error as Error).name);
            }
          });
        }),
    );
    expect(ran).toBe('EvalError');
  });

  it('refuses inline scripts', async () => {
    const ran = await program.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      return (window as unknown as Marked).inlineRan ?? false;
    });
    expect(ran).toBe(false);
    expect(await program.problems()).toEqual(expect.arrayContaining([expect.stringContaining('script-src')]));
  });

  it('lets the page speak to nobody else', async () => {
    const reached = await program.page.evaluate(() =>
      fetch('https://example.org/').then(
        () => true,
        () => false,
      ),
    );
    expect(reached).toBe(false);
    expect(await program.problems()).toEqual(expect.arrayContaining([expect.stringContaining('connect-src')]));
  });
});
