/*
 * Particles in space, turned: our drawing, three.js and plotly's scatter3d on one page, the latter two on WebGL in software. Times go to the title as those of
 * the other page: milliseconds a picture by name.
 */
import { BufferAttribute, BufferGeometry, PerspectiveCamera, Points, PointsMaterial, Scene, WebGLRenderer } from 'three';
import { drawSpace, spaceMemory } from '../../shared/draw/space-picture.ts';
import { PICTURE } from '../row.ts';
import { placesInBox, POINT_PIXELS, scene, SPACE_STYLE, turned } from '../space-scene.ts';

const FEW = 100_000;
const MANY = 1_000_000;
const TURNS = 5;
/** Plotly takes seconds a picture. */
const PLOTLY_TURNS = 2;
const MIDDLE = [500, 400, 200] as const;
const DISTANCE = 2000;
const ANGLE = 0.1;

type Turn = (turn: number) => void | Promise<void>;

/** Milliseconds of each turn after a first one. */
async function timesOf(turns: number, draw: Turn): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    const start = performance.now();
    await draw(turn);
    if (turn > 0) times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
}

function canvasOf(id: string): HTMLCanvasElement {
  return document.getElementById(id) as HTMLCanvasElement;
}

function ours(points: number): Turn {
  const context = canvasOf('ours').getContext('2d', { alpha: false, willReadFrequently: true });
  const image = new ImageData(PICTURE, PICTURE);
  const raster = { width: PICTURE, height: PICTURE, pixels: new Uint32Array(image.data.buffer) };
  const [content, memory] = [scene(points, 0), spaceMemory()];
  return (turn) => {
    drawSpace(raster, turned(turn, raster), content, SPACE_STYLE, memory);
    context?.putImageData(image, 0, 0);
  };
}

/** The read pixel waits for the picture. */
function awaitPicture(gl: WebGLRenderingContext | WebGL2RenderingContext): void {
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

function three(points: number): Turn {
  const renderer = new WebGLRenderer({ canvas: canvasOf('three'), preserveDrawingBuffer: true });
  renderer.setSize(PICTURE, PICTURE, false);
  const geometry = new BufferGeometry();
  const places = placesInBox(points);
  geometry.setAttribute('position', new BufferAttribute(places, 3));
  geometry.setAttribute(
    'color',
    new BufferAttribute(
      places.map((value) => value / 1000),
      3,
    ),
  );
  const world = new Scene();
  world.add(new Points(geometry, new PointsMaterial({ size: POINT_PIXELS, sizeAttenuation: false, vertexColors: true })));
  const camera = new PerspectiveCamera(40, 1, 1, 2 * DISTANCE);
  return (turn) => {
    camera.position.set(
      MIDDLE[0] + DISTANCE * Math.sin(ANGLE * turn),
      MIDDLE[1] + DISTANCE / 3,
      MIDDLE[2] + DISTANCE * Math.cos(ANGLE * turn),
    );
    camera.lookAt(...MIDDLE);
    renderer.render(world, camera);
    awaitPicture(renderer.getContext());
  };
}

interface Plotly {
  newPlot(at: Element, traces: readonly unknown[], layout: unknown): Promise<unknown>;
  relayout(at: Element, layout: unknown): Promise<unknown>;
}

/** Undefined where the page is served without it. */
async function loadPlotly(): Promise<Plotly | undefined> {
  const script = document.createElement('script');
  script.src = './plotly.min.js';
  const isLoaded = await new Promise<boolean>((resolve) => {
    script.onload = () => resolve(true);
    script.onerror = () => resolve(false);
    document.head.append(script);
  });
  return isLoaded ? (window as unknown as { readonly Plotly: Plotly }).Plotly : undefined;
}

async function plotlyCloud(plotly: Plotly, points: number): Promise<Turn> {
  const at = document.getElementById('plotly') as HTMLElement;
  const places = placesInBox(points);
  const axis = (k: number): Float32Array => Float32Array.from({ length: points }, (_, i) => places[3 * i + k] as number);
  const marker = { size: POINT_PIXELS, color: axis(0), line: { width: 0 } };
  await plotly.newPlot(at, [{ type: 'scatter3d', mode: 'markers', x: axis(0), y: axis(1), z: axis(2), marker }], {
    width: PICTURE,
    height: PICTURE,
  });
  const gl = await glOf(at);
  return async (turn) => {
    await plotly.relayout(at, { 'scene.camera.eye': { x: 1.5 * Math.sin(ANGLE * turn), y: 1.5 * Math.cos(ANGLE * turn), z: 0.8 } });
    // It draws in the frame after the next one.
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    awaitPicture(gl);
  };
}

async function glOf(at: Element): Promise<WebGLRenderingContext> {
  const gl = at.querySelector('canvas')?.getContext('webgl');
  if (gl) return gl;
  throw new Error('plotly drew nothing');
}

async function measure(): Promise<Record<string, readonly number[]>> {
  const plotly = await loadPlotly();
  const times: Record<string, readonly number[]> = {
    ours: await timesOf(TURNS, ours(FEW)),
    oursMany: await timesOf(TURNS, ours(MANY)),
    three: await timesOf(TURNS, three(FEW)),
    threeMany: await timesOf(TURNS, three(MANY)),
  };
  if (!plotly) return times;
  return { ...times, plotly: await timesOf(PLOTLY_TURNS, await plotlyCloud(plotly, FEW)) };
}

measure().then(
  (times) => {
    document.title = `done:${encodeURIComponent(JSON.stringify(times))}`;
  },
  (error: unknown) => {
    document.title = `failed:${encodeURIComponent(error instanceof Error ? error.message : String(error))}`;
  },
);
