/** Words about series of buffers: following one that grows, its times, the devices recorded with it. */
export const seriesText = {
  actions: { follow: 'Follow last buffer', times: 'Time line in seconds' },
  noTimes: 'No acquisition times are stored.',
  readingTimes: (done: number, total: number) => `Reading times: ${done} of ${total}`,
  empty: {
    unsupported: 'Not supported',
    members: (count: number) =>
      count === 1 ? 'The set has no buffers of its own, it holds a set.' : `The set has no buffers of its own, it holds ${count} sets.`,
    list: 'Sets inside of this one',
  },
  devices: {
    title: 'Devices',
    /** 'Laser (Energy)' */
    name: (name: string, kind: string) => (kind ? `${name} (${kind})` : name),
    unnamed: (number: number) => `Device ${number}`,
    samples: (count: number) => (count === 1 ? '1 sample' : `${count} samples`),
    range: (low: string, high: string, unit: string) => `${low} to ${high}${unit ? ` ${unit}` : ''}`,
    trace: (name: string, range: string) => `Trace of ${name}, ${range}`,
  },
} as const;
