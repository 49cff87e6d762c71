import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../main/app/arguments.ts';

const isCommand = (word: string): boolean => ['info', 'read'].includes(word);
const packed = (...args: readonly string[]) => readArguments(['/opt/streakline', ...args], false, '/data', isCommand);
const clone = (...args: readonly string[]) => readArguments(['/opt/electron', ...args], true, '/data', isCommand);

describe('arguments of the program', () => {
  it('are paths from the folder where it was started', () => {
    expect(packed('a.set', '/b/c.im7').paths).toEqual([resolve('/data', 'a.set'), '/b/c.im7']);
  });

  it('may have switches of Electron around them', () => {
    expect(packed('--no-sandbox', 'a.set', '--enable-logging').paths).toEqual([resolve('/data', 'a.set')]);
    expect(clone('--inspect=0', '/repository', 'a.set').paths).toEqual([resolve('/data', 'a.set')]);
  });

  it('are a command when the first word is one', () => {
    expect(packed('--no-sandbox', 'info', 'a.set', '--json').command).toEqual(['info', 'a.set', '--json']);
    expect(clone('/repository', 'read', 'a.set').command).toEqual(['read', 'a.set']);
    expect(packed('./info').command).toBeUndefined();
    expect(packed('a.set', 'info').paths).toHaveLength(2);
  });

  it('ask for the checks of a packed program', () => {
    expect(packed('--smoke').smoke).toBe(true);
    expect(packed('a.set').smoke).toBe(false);
  });
});
