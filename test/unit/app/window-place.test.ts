import { describe, expect, it } from 'vitest';
import { restartLimit } from '../../../main/app/restart-limit.ts';
import { usablePlace } from '../../../main/app/window-place.ts';

const SCREENS = [{ x: 0, y: 0, width: 1920, height: 1080 }];
const place = (x: number, y: number, width = 1200, height = 800) => ({ bounds: { x, y, width, height }, maximised: false });

describe('place of the window', () => {
  it('is kept where it can be seen', () => {
    expect(usablePlace(place(100, 50), SCREENS)).toEqual(place(100, 50));
    expect(usablePlace(place(-300, 0), SCREENS)).toEqual(place(-300, 0));
  });

  it('is forgotten when its screen is gone, its title bar is out of reach, or it is no place', () => {
    expect(usablePlace(place(2500, 50), SCREENS)).toBeUndefined();
    expect(usablePlace(place(100, -700), SCREENS)).toBeUndefined();
    expect(usablePlace(place(0, 0, 20, 20), SCREENS)).toBeUndefined();
    for (const stored of [undefined, null, 'x', { bounds: { x: 'a' } }, { bounds: { x: 0, y: 0, width: Number.NaN, height: 9 } }])
      expect(usablePlace(stored, SCREENS)).toBeUndefined();
  });
});

describe('restarts of the host', () => {
  it('stop when it ends again and again, and go on after a quiet minute', () => {
    let time = 0;
    const mayRestart = restartLimit(() => time);
    expect([mayRestart(), mayRestart(), mayRestart(), mayRestart()]).toEqual([true, true, true, false]);
    time = 61_000;
    expect(mayRestart()).toBe(true);
  });
});
