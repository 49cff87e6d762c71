import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endOf, FIXTURES, startCli, temporaryFolder, type CliResult } from '../support/cli.ts';

const GUIDE = readFileSync(join(FIXTURES, '../docs/guide/particle-examples.md'), 'utf8');
const SETS = join(FIXTURES, 'davis-particles');

/** The blocks of the guide in this language. */
function blocks(language: string): readonly string[] {
  return [...GUIDE.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text = '']) => (name === language ? [text] : []));
}

/** Lines in blocks, and commands inside of sentences and tables. */
const COMMANDS = [
  ...new Set([...GUIDE.matchAll(/^(streakline .*)$|`(streakline [^`]*)`/gm)].map(([, line, inner]) => line ?? inner ?? '')),
];

function words(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
}

/** A folder with the sets that the guide speaks of. */
function guideFolder(): string {
  const folder = temporaryFolder();
  for (const [from, to] of [
    ['helix_tr', 'tracks'],
    ['pulses4', 'mp'],
    ['old1', 'old'],
  ] as const) {
    cpSync(join(SETS, from), join(folder, to), { recursive: true });
    cpSync(join(SETS, `${from}.set`), join(folder, `${to}.set`));
  }
  const tables = blocks('').filter((text) => text.startsWith('x,y,z'));
  for (const [i, name] of ['four', 'mm'].entries()) {
    writeFileSync(join(folder, `${name}.csv`), tables[i] ?? '');
    writeFileSync(join(folder, `${name}.json`), blocks('json')[i] ?? '');
  }
  return folder;
}

async function run(folder: string, command: string): Promise<CliResult> {
  const child = startCli(words(command), folder);
  child.stdin.end();
  return endOf(child);
}

describe('the worked examples', () => {
  // The first steps of the sample stand for the hundred of the guide.
  test.each(COMMANDS.map((command) => command.replace('0:100', '0:10')))('%s', async (command) => {
    expect(await run(guideFolder(), command)).toMatchObject({ code: 0, stderr: '' });
  });

  test('what they say', async () => {
    const folder = guideFolder();
    await run(folder, 'streakline convert tracks.set curved.set --add speed,curvature --fit 2,7');
    const info = JSON.parse((await run(folder, 'streakline info curved.set --json')).stdout);
    const told = blocks('python')[0] ?? '';
    expect(told).toContain(
      JSON.stringify(info.scalars.map(({ name }: { name: string }) => name))
        .replaceAll('"', "'")
        .replaceAll(',', ', '),
    );
    expect(told).toContain(info.attributes['_StreaklineDifferentiation']);
    await run(folder, 'streakline convert four.csv tracks_4p.set --to davis-particles');
    expect(JSON.parse((await run(folder, 'streakline info tracks_4p.set --json')).stdout)).toMatchObject({
      summary: '<4-pulse particle field with 2 blocks and 3 tracks>',
      particles: 11,
    });
  });
});
