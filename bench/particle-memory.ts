import { existsSync, readFileSync } from 'node:fs';
import { openParticles, readAllTracks } from './particle-set.ts';
import type { Fact } from './row.ts';

/** Of the memory of lvpyio. */
const PART = 1 / 3;
const STATUS = '/proc/self/status';

/** Peak resident memory of this process. On Linux resourceUsage counts what the parent had when it started this one. */
function peakMegabytes(): number {
  const known = existsSync(STATUS) ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(STATUS, 'latin1'))?.[1] : undefined;
  return (known === undefined ? process.resourceUsage().maxRSS : Number(known)) / 1024;
}

async function tracksFact(path: string, reference: number | undefined): Promise<Fact> {
  const dataset = await openParticles(path);
  await readAllTracks(dataset);
  const peak = peakMegabytes();
  return {
    label: 'memory of all tracks of 50 steps of 100,000 particles, peak of the process',
    value: `${Math.round(peak)} MB`,
    goal: '<= a third',
    ...(reference === undefined ? {} : { reference: `${Math.round(reference)} MB`, met: peak <= PART * reference }),
  };
}

/** A program of its own, so that nothing else counts: `node particle-memory.mjs SET [REFERENCE_MB]` prints the facts as JSON. */
const [path = '', reference = ''] = process.argv.slice(2);
console.log(JSON.stringify([await tracksFact(path, reference === '' ? undefined : Number(reference))]));
