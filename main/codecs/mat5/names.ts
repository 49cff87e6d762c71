import type { FrameInfo } from '../../../shared/model/frames.ts';

/** MATLAB knows names of 63 characters; room is left for the buffer and the frame. */
const MAX_NAME = 40;

/** The variable that holds the description. */
export const DESCRIPTION_VARIABLE = 'streakline';

/** 'b00003_' before and '_frame1' behind the name, where there are several. */
export interface NamePlace {
  /** Absent where all buffers stand in one variable. */
  readonly buffer?: number | undefined;
  readonly frame: number;
}

/** Names of the stored components of a frame as variables: letters, digits and underscores, each once. */
export function variableNames(frame: FrameInfo, place: NamePlace): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>([DESCRIPTION_VARIABLE]);
  for (const { name, stored } of frame.components) {
    if (!stored) continue;
    const plain = plainName(name);
    let unique = plain;
    for (let i = 2; taken.has(unique); i++) unique = `${plain}_${i}`;
    taken.add(unique);
    names.set(name, placedName(unique, place));
  }
  return names;
}

export function placedName(name: string, { buffer, frame }: NamePlace): string {
  const before = buffer === undefined ? '' : `b${String(buffer + 1).padStart(5, '0')}_`;
  return `${before}${name}${frame === 0 ? '' : `_frame${frame}`}`;
}

/** The name of a fact about a variable: PIXEL_unit, PIXEL_unit_frame1. */
export function besideName(name: string, fact: string, { frame }: NamePlace): string {
  const behind = placedName('', { frame });
  return `${name.slice(0, name.length - behind.length)}_${fact}${behind}`;
}

function plainName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, MAX_NAME);
  return /^[A-Za-z]/.test(plain) ? plain : `c_${plain}`;
}
