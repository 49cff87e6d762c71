import type { PlanesRequest, StatisticsRequest } from '../../shared/contract/planes.ts';

/** Remembers what was asked of the last visible buffer: the views will ask the same of the next one. */
export interface RecentRequests {
  planes(request: PlanesRequest): void;
  statistics(request: StatisticsRequest): void;
  /** The requests that are expected for a buffer. */
  expected(buffer: number): { readonly planes: readonly PlanesRequest[]; readonly statistics: readonly StatisticsRequest[] };
}

/** Most requests remembered of each kind: two views with a background and arrows each. */
const MAX_REMEMBERED = 4;

export function recentRequests(): RecentRequests {
  const planes = requestMemory<PlanesRequest>();
  const statistics = requestMemory<StatisticsRequest>();
  return {
    // A view that pans or zooms replaces its window, it does not add one.
    planes: (request) => planes.add(JSON.stringify([request.frame, request.plane, request.cut, request.fields]), request),
    statistics: (request) =>
      statistics.add(JSON.stringify([request.frame, request.plane, request.cut, request.component, request.mode, request.filter]), request),
    expected: (buffer) => ({ planes: planes.for(buffer), statistics: statistics.for(buffer) }),
  };
}

/** Requests of the buffer that is visible now and of the one before it, which stand in until the new one's have come. */
function requestMemory<R extends { readonly buffer: number }>(): { add(key: string, request: R): void; for(buffer: number): readonly R[] } {
  let now = new Map<string, R>();
  let before = new Map<string, R>();
  let visible: number | undefined;
  return {
    add: (key, request) => {
      if (request.buffer !== visible) [before, now, visible] = [now, new Map(), request.buffer];
      now.delete(key);
      now.set(key, request);
    },
    for: (buffer) => [...new Map([...before, ...now]).values()].slice(-MAX_REMEMBERED).map((request) => ({ ...request, buffer })),
  };
}
