import { expect, test } from 'vitest';
import { planColumns } from '../../../shared/compute/particles/column-plan.ts';
import { particleColumns, scalarNames } from '../../../shared/compute/particles/columns.ts';

const scale = (unit: string) => ({ slope: 1, offset: 0, unit, description: '' });
const scalars = ['x', 'size', '', 'size', 'length'].map((name, k) => ({ name, scale: scale(`unit ${k}`) }));

test('scalars named like another column have a name of their own', () => {
  expect(scalarNames(scalars)).toEqual(['x_2', 'size', 'scalar_2', 'size_2', 'length_2']);
});

test('a scalar named x is found beside the position', () => {
  const info = {
    title: 't',
    path: 'p',
    tracks: 3,
    scales: { x: scale('mm'), y: scale('mm'), z: scale('mm'), i: scale('counts') },
    scalars,
  };
  const columns = particleColumns(info);
  expect(columns.filter(({ name }) => name === 'x' || name === 'x_2').map(({ unit }) => unit)).toEqual(['mm', 'unit 0']);
  expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
  expect(planColumns(info, ['x', 'x_2', 'size_2', 'length']).map((plan) => (plan.from === 'scalar' ? plan.scalar : plan.from))).toEqual([
    'axis',
    0,
    3,
    'length',
  ]);
});
