import {
  Camera,
  DataTexture,
  GLSL3,
  Mesh,
  NearestFilter,
  NormalBlending,
  Points,
  RawShaderMaterial,
  RGBAFormat,
  Scene,
  UnsignedByteType,
  Vector2,
  Vector4,
  WebGLRenderer,
  type IUniform,
} from 'three';
import { spaceMatrix, type SpaceMatrix } from '../../../shared/draw/space-camera.ts';
import { drawSpaceBehind, type SpaceContent, type SpaceStyle } from '../../../shared/draw/space-picture.ts';
import { CODES, depthRange, SHADES, shadeTable } from '../../../shared/draw/space-shades.ts';
import type { Surface } from '../surface.ts';
import { gpuMeshes } from './gpu-meshes.ts';
import { ARROW_VERTEX, LINE_FRAGMENT, LINK_VERTEX, POINT_FRAGMENT, POINT_VERTEX } from './gpu-shaders.ts';
import { drawOverlay } from './space-overlay.ts';
import { rasterSize, spaceStyle, type SpaceRenderer } from './space-renderer.ts';

/** Lines of less opacity hide nothing that is farther, as on the processor. */
const HIDING_OPACITY = 192 / 255;
/** Room in depth before and behind the box, in its own depths: tracks may leave it. */
const DEPTH_ROOM = 8;

type Uniforms = Record<string, IUniform>;

/**
 * Draws particles by WebGL on a canvas of its own, between what the processor draws behind and before them. Colours, shades and widths are those
 * of the processor's pictures. Throws where there is no context; `lost` is called when the driver takes it away.
 */
export function gpuRenderer(surface: Surface, lost: () => void): SpaceRenderer {
  const canvas = new OffscreenCanvas(1, 1);
  const whenLost = (): void => lost();
  canvas.addEventListener('webglcontextlost', whenLost);
  const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
  renderer.setClearColor(0, 0);
  renderer.sortObjects = false;
  const meshes = gpuMeshes();
  const shared = sharedUniforms();
  const pointMaterial = materialOf(POINT_VERTEX, POINT_FRAGMENT, shared);
  // Smooth edges in any order: by the samples of a pixel, not by mixing.
  pointMaterial.transparent = false;
  pointMaterial.alphaToCoverage = true;
  const lineMaterials = new Map<string, RawShaderMaterial>();
  const lineMaterial = (vertex: string, opacity: number): RawShaderMaterial => {
    const key = `${vertex.length} ${opacity}`;
    const known =
      lineMaterials.get(key) ?? materialOf(vertex, LINE_FRAGMENT, { ...shared, opacity: { value: opacity } }, opacity >= HIDING_OPACITY);
    lineMaterials.set(key, known);
    return known;
  };
  const camera = new Camera();

  let last: { readonly content: SpaceContent; readonly scene: Scene } | undefined;
  /** The same one while only the camera moves. */
  const sceneOf = (content: SpaceContent): Scene => {
    if (last?.content === content) return last.scene;
    const { points, links, arrows } = content;
    const scene = new Scene();
    scene.matrixWorldAutoUpdate = false;
    for (const layer of points) scene.add(unculled(new Points(meshes.points(layer), pointMaterial)));
    for (const link of links) scene.add(unculled(new Mesh(meshes.links(link), lineMaterial(LINK_VERTEX, link.opacity))));
    for (const layer of arrows) {
      const geometry = meshes.arrows(layer);
      if (geometry) scene.add(unculled(new Mesh(geometry, lineMaterial(ARROW_VERTEX, 1))));
    }
    meshes.sweep();
    last = { content, scene };
    return scene;
  };

  return {
    name: 'gpu',
    // biome-ignore lint/correctness/useYield: one step is enough
    *draw(picture, spec) {
      const { particles } = spec;
      if (!particles) return;
      const { content } = picture;
      const size = rasterSize(spec);
      const raster = surface.raster(size.width, size.height);
      const matrix = spaceMatrix(content.box, particles.camera, raster);
      const style = spaceStyle(spec, picture);
      setUniforms(shared, matrix, content, style, size);
      if (canvas.width !== size.width || canvas.height !== size.height) renderer.setSize(size.width, size.height, false);
      renderer.render(sceneOf(content), camera);
      drawSpaceBehind(raster, matrix, content, style);
      surface.present();
      const context = surface.canvas.getContext('2d');
      context?.drawImage(canvas, 0, 0);
      if (context) drawOverlay(context, matrix, content, style);
    },
    close() {
      canvas.removeEventListener('webglcontextlost', whenLost);
      meshes.close();
      pointMaterial.dispose();
      for (const material of lineMaterials.values()) material.dispose();
      (shared['table']!.value as DataTexture).dispose();
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}

function unculled<O extends Points | Mesh>(object: O): O {
  object.frustumCulled = false;
  object.matrixAutoUpdate = false;
  return object;
}

function sharedUniforms(): Uniforms {
  const table = new DataTexture(new Uint8Array(4 * CODES * SHADES), CODES, SHADES, RGBAFormat, UnsignedByteType);
  table.minFilter = NearestFilter;
  table.magFilter = NearestFilter;
  return {
    rows: { value: [new Vector4(), new Vector4(), new Vector4(), new Vector4()] },
    size: { value: new Vector2() },
    depths: { value: new Vector2() },
    range: { value: new Vector2() },
    table: { value: table },
    pointSize: { value: 1 },
    attenuated: { value: false },
    lineWidth: { value: 1 },
    arrowLength: { value: 1 },
  };
}

function setUniforms(
  shared: Uniforms,
  matrix: SpaceMatrix,
  content: SpaceContent,
  style: SpaceStyle,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  for (const [row, vector] of (shared['rows']!.value as Vector4[]).entries()) vector.fromArray(matrix, 4 * row);
  const range = depthRange(matrix, content.box);
  const half = (SHADES - 1) / range.factor / 2;
  (shared['size']!.value as Vector2).set(width, height);
  (shared['depths']!.value as Vector2).set(range.low + half, half * DEPTH_ROOM);
  (shared['range']!.value as Vector2).set(range.low, range.factor);
  const table = shared['table']!.value as DataTexture;
  const colors = shadeTable(style.palette, style.canvas, style.farShare);
  const pixels = table.image.data as Uint8Array;
  pixels.set(new Uint8Array(colors.buffer, colors.byteOffset, colors.byteLength));
  table.needsUpdate = true;
  shared['pointSize']!.value = style.pointSize;
  shared['attenuated']!.value = style.attenuated;
  shared['lineWidth']!.value = style.lineWidth;
  shared['arrowLength']!.value = content.arrowLength;
}

/** `hides`: what is farther is not seen through it. */
function materialOf(vertexShader: string, fragmentShader: string, uniforms: Uniforms, hides = true): RawShaderMaterial {
  return new RawShaderMaterial({
    vertexShader,
    fragmentShader,
    uniforms,
    glslVersion: GLSL3,
    transparent: true,
    blending: NormalBlending,
    depthTest: true,
    depthWrite: hides,
  });
}
