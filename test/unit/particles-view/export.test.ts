import { describe, expect, it } from 'vitest';
import { exportCommand } from '../../../renderer/stores/export-request.ts';
import { parseSelection } from '../../../shared/compute/particles/selection-text.ts';

describe('the command line of a particle export', () => {
  it('says filters, box, thinning, scalars and fit as the program takes them', () => {
    const selection = {
      filters: [
        { column: 'length', low: 12 },
        { column: 'speed', low: 0.5, high: 2 },
        { column: 'Particle size', high: 3 },
      ],
      box: { low: [0, 0, -1], high: [10, 10.5, 1], whole: true },
      every: 2,
    } as const;
    const command = exportCommand(
      {
        dataset: 'd',
        writer: 'csv',
        target: '/out/a.csv',
        range: '3:8',
        particles: { selection, add: ['speed', 'curvature'], differentiation: { method: 'fit', order: 2, length: 9 } },
      },
      '/in/a.set',
    );
    expect(command).toBe(
      `streakline convert /in/a.set /out/a.csv --to csv --range 3:8 --where "length>=12" --where speed=0.5..2 --where "\\"Particle size\\"<=3" --where inside=0,0,-1..10,10.5,1 --every 2 --add speed,curvature --fit 2,9`,
    );
    const { every, ...conditions } = selection;
    expect(parseSelection(['length>=12', 'speed=0.5..2', '"Particle size"<=3', 'inside=0,0,-1..10,10.5,1'])).toEqual(conditions);
    expect(every).toBe(2);
  });

  it('says nothing of particles where all are written as they are', () => {
    expect(exportCommand({ dataset: 'd', writer: 'csv', target: 'a.csv', particles: {} }, 'a.set')).toBe(
      'streakline convert a.set a.csv --to csv',
    );
  });
});
