import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from '../../renderer/views/palette/fuzzy.ts';
import { findItems, type PaletteItem } from '../../renderer/views/palette/palette-items.ts';

describe('fuzzy search', () => {
  it('finds parts of the text and beginnings of words', () => {
    expect(fuzzyMatch('level', 'Copy levels')?.ranges).toEqual([[5, 10]]);
    expect(fuzzyMatch('opf', 'Open files')?.ranges).toEqual([
      [0, 2],
      [5, 6],
    ]);
    expect(fuzzyMatch('TS PR', 'TS:Peak ratio')?.ranges).toEqual([
      [0, 2],
      [3, 4],
      [8, 9],
    ]);
    expect(fuzzyMatch('pr', 'peakRatio')?.ranges).toEqual([
      [0, 1],
      [4, 5],
    ]);
  });

  it('finds a word further on where the first one leads nowhere', () => {
    expect(fuzzyMatch('cv', 'Camera close view')?.ranges).toEqual([
      [0, 1],
      [13, 14],
    ]);
    expect(fuzzyMatch('clv', 'Camera close view')?.ranges).toEqual([
      [7, 9],
      [13, 14],
    ]);
  });

  it('does not collect letters from inside of words', () => {
    expect(fuzzyMatch('lev', 'Play every frame')).toBeUndefined();
    expect(fuzzyMatch('zzz', 'Zoom')).toBeUndefined();
  });

  it('likes whole parts, word beginnings and early places', () => {
    const score = (query: string, text: string) => fuzzyMatch(query, text)?.score ?? -1;
    expect(score('open', 'Open files')).toBeGreaterThan(score('open', 'Reopen'));
    expect(score('fi', 'Fit picture')).toBeGreaterThan(score('fi', 'Fast interpolation'));
    expect(fuzzyMatch('', 'anything')).toEqual({ score: 0, ranges: [] });
  });
});

describe('palette', () => {
  const item = (group: PaletteItem['group'], label: string, disabled = false): PaletteItem => ({
    id: label,
    group,
    label,
    icon: 'image',
    disabled,
    run: () => undefined,
  });
  const items = [
    item('commands', 'Levels: reset'),
    item('commands', 'Level off', true),
    item('attributes', 'Laser level'),
    item('datasets', 'Free surface, level 2'),
    item('go', 'Go to buffer 7'),
  ];
  const labels = (query: string) =>
    findItems(
      query,
      items.filter(({ group }) => group !== 'go'),
    ).map((found) => found.item.label);

  it('shows commands before datasets before attributes, disabled ones last of their kind', () => {
    expect(labels('level')).toEqual(['Levels: reset', 'Level off', 'Free surface, level 2', 'Laser level']);
  });

  it('hides attributes until something is typed', () => {
    expect(labels('')).not.toContain('Laser level');
  });

  it('narrows to one kind by its sign', () => {
    expect(labels('>level')).toEqual(['Levels: reset', 'Level off']);
    expect(labels('# level')).toEqual(['Laser level']);
    expect(findItems(':7', items).map((found) => found.item.label)).toEqual(['Go to buffer 7']);
  });
});
