import { reduceMean } from '../shared/compute/statistics.ts';
import { drawArrows } from '../shared/draw/arrows.ts';
import { drawImage } from '../shared/draw/image.ts';
import type { ColorScale, Raster, SampledField, Viewport } from '../shared/draw/scene.ts';
import type { NumberArray } from '../shared/model/dtype.ts';
import type { Plane } from '../shared/model/frames.ts';
import { STEP } from './picture-request.ts';
import { clock, lazily, PICTURE } from './row.ts';
import type { BenchData, Row } from './row.ts';

const BLACK = 0xff000000;
const GREY: ColorScale = { map: 'gray', reversed: false, low: 90, high: 400, transfer: 'linear', gamma: 1, notANumber: 0xffff00ff };
const HATCH = { fill: BLACK, line: 0xff808080, period: 8 };

export function newRaster(): Raster {
  return { width: PICTURE, height: PICTURE, pixels: new Uint32Array(PICTURE * PICTURE) };
}

/** The whole of a frame of `samples` x `samples` in the picture. */
function whole(samples: number): Viewport {
  const scale = PICTURE / samples;
  return { scaleX: scale, scaleY: scale, offsetX: scale / 2, offsetY: scale / 2 };
}

export function fieldOf(data: NumberArray, width: number, height: number, step = 1): SampledField {
  return { data, width, height, x: 0, y: 0, step, slope: 1, offset: 0 };
}

/** Draws an image of `samples` x `samples` pixels into the picture. */
export function drawGrey(raster: Raster, field: SampledField, samples: number, high: number, state?: Uint8Array): void {
  drawImage(raster, whole(samples), {
    field,
    colors: { ...GREY, high },
    blank: HATCH,
    masked: HATCH,
    smooth: false,
    ...(state ? { state: { ...field, data: state } } : {}),
  });
}

/** States as the window draws them: those that are all 0 did not travel. */
export function statesOf(data: unknown, samples: number): Uint8Array {
  return data instanceof Uint8Array && data.length > 0 ? data : new Uint8Array(samples);
}

function arrowRow(grid: number, ratio: number): Row {
  const raster = newRaster();
  const samples = grid * grid;
  const [u, v, speed] = [new Float32Array(samples), new Float32Array(samples), new Float32Array(samples)];
  const turnTo = (turn: number): void => {
    for (let i = 0; i < samples; i++) {
      u[i] = Math.cos((Math.floor(i / grid) / grid) * 9) * (1 - 0.05 * (turn % 3));
      v[i] = Math.sin(((i % grid) / grid) * 9);
      speed[i] = Math.hypot(u[i] ?? 0, v[i] ?? 0);
    }
  };
  const draw = (): void => {
    raster.pixels.fill(BLACK);
    drawArrows(raster, whole(grid), {
      u: fieldOf(u, grid, grid),
      v: fieldOf(v, grid, grid),
      colorBy: fieldOf(speed, grid, grid),
      colors: { ...GREY, map: 'viridis', low: 0, high: 1.4 },
      color: 0xffffffff,
      pixelsPerUnit: Math.max(4, (PICTURE / grid) * 0.9),
      signX: 1,
      signY: 1,
      everyX: 1,
      everyY: 1,
      showDisabled: false,
      disabledColor: BLACK,
      lineWidth: 1.25,
      anchor: 'tail',
    });
  };
  return {
    label: `${samples.toLocaleString('en')} arrows redrawn, every one`,
    run: async (turn) => {
      turnTo(turn);
      return clock(draw);
    },
    reference: (turn) => ['quiver', grid, PICTURE, 1 - 0.05 * (turn % 3)],
    ratio,
    turns: grid > 500 ? 3 : undefined,
  };
}

/** The rasteriser alone: 1000 x 1000 pictures, without host and screen. Limits change on samples that are there at the picture's resolution. */
export function drawRows(data: BenchData, readPixels: () => Promise<Plane>): readonly Row[] {
  const raster = newRaster();
  const prepare = lazily(async () => {
    const pixels = await readPixels();
    const means = reduceMean(pixels, STEP);
    return {
      // Averages of the samples drawn last are kept, so that two images take turns.
      fields: [0, 1].map(() => fieldOf((pixels.data as NumberArray).slice(), pixels.width, pixels.height)),
      reduced: fieldOf(means.data as NumberArray, means.width, means.height, STEP),
      width: pixels.width,
    };
  });
  return [
    {
      label: 'image of 4 Mpx: contrast changed',
      run: async (turn) => {
        const { reduced, width } = await prepare();
        return clock(() => drawGrey(raster, reduced, width, 300 + 10 * turn));
      },
      reference: (turn) => ['contrast', data.images, PICTURE, 300 + 10 * turn],
      ratio: 10,
      limitMs: 16,
    },
    {
      label: 'image of 4 Mpx: all pixels drawn',
      run: async () => {
        const { fields, reduced, width } = await prepare();
        const [field = reduced] = fields.reverse();
        return clock(() => drawGrey(raster, field, width, 300));
      },
      reference: () => ['new_pixels', data.images, PICTURE],
      ratio: 10,
    },
    arrowRow(256, 10),
    arrowRow(1000, 50),
  ];
}
