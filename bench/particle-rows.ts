import { join } from 'node:path';
import { runCommand } from '../main/cli/run-command.ts';
import { openParticles, readAllTracks } from './particle-set.ts';
import { clock, lazily } from './row.ts';
import type { BenchData, Row } from './row.ts';

/** Particle sets of 10^5 particles a step, beside lvpyio. */
export function particleRows(data: BenchData): readonly Row[] {
  const set = lazily(() => openParticles(data.particles));
  const { particles, fewParticles } = data;
  const steps = 50;
  const far = (turn: number, count: number): number => (turn * 104_729) % count;
  return [
    {
      label: 'particle set opened, tracks counted',
      run: () => clock(async () => void (await (await openParticles(particles))[Symbol.asyncDispose]())),
      reference: () => ['open_particles', particles],
      ratio: 1,
    },
    {
      label: 'one step of 100,000 particles',
      run: async (turn) => {
        const dataset = await set();
        return clock(() => dataset.step(far(turn, steps), 0));
      },
      reference: (turn) => ['step', particles, far(turn, steps)],
      ratio: 30,
    },
    {
      label: 'all 50 steps of 100,000 particles',
      run: async () => {
        const dataset = await set();
        return clock(async () => {
          for (let step = 0; step < steps; step++) await dataset.step(step, 0);
        });
      },
      reference: () => ['all_steps', particles],
      ratio: 10,
      turns: 1,
    },
    {
      label: 'all tracks of 50 steps of 100,000 particles',
      run: async () => {
        const dataset = await set();
        return clock(() => readAllTracks(dataset));
      },
      reference: () => ['all_tracks', particles],
      ratio: 10,
      turns: 3,
    },
    {
      label: 'one track by its number, of 394,170',
      run: async (turn) => {
        const dataset = await set();
        return clock(() => dataset.track(far(turn, dataset.info.tracks)));
      },
      reference: (turn) => ['one_track', particles, far(turn, 394_170)],
      ratio: 1,
    },
    {
      label: '5 steps of 100,000 particles to CSV',
      run: () => clock(() => runCommand(['tracks', fewParticles, '--out', join(data.scratch, 'particles.csv'), '--force', '--quiet'])),
      reference: () => ['particles_to_csv', fewParticles, join(data.scratch, 'reference.csv')],
      ratio: 1,
      turns: 3,
    },
  ];
}
