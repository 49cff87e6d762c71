/** A set in the words of lvpyio. */
export function particleSummary({
  pulses,
  steps,
  tracks,
}: {
  readonly pulses: number;
  readonly steps: number;
  readonly tracks: number;
}): string {
  const [kind, unit] = pulses === 1 ? ['Time-resolved', 'time step'] : [`${pulses}-pulse`, 'block'];
  return `<${kind} particle field with ${counted(steps, unit)} and ${counted(tracks, 'track')}>`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
