import { CODES, SHADES } from '../../../shared/draw/space-shades.ts';

/** Place, shade and colour of a vertex: the same numbers as on the processor. `rows` are x, y, depth and w of the space matrix. */
const COMMON = `
precision highp float;
precision highp int;
uniform vec4 rows[4];
uniform vec2 size;
uniform vec2 depths;
uniform vec2 range;
uniform sampler2D table;
const float HIDDEN_FROM = ${CODES}.0;

vec4 place(vec3 at) {
  vec4 one = vec4(at, 1.0);
  return vec4(dot(rows[0], one), dot(rows[1], one), dot(rows[2], one), dot(rows[3], one));
}

/** From pixels and depth to clip space; larger depths are nearer. */
vec4 clipped(vec2 pixel, float depth, float w) {
  return vec4((2.0 * pixel.x / size.x - 1.0) * w, (1.0 - 2.0 * pixel.y / size.y) * w, ((depths.x - depth) / depths.y) * w, w);
}

vec3 colorOf(float code, float depth) {
  int shade = clamp(int((depth - range.x) * range.y), 0, ${SHADES - 1});
  return texelFetch(table, ivec2(int(code + 0.5), shade), 0).rgb;
}
`;

/** Behind the far side: not drawn. */
const NOWHERE = 'vec4(0.0, 0.0, 2.0, 1.0)';

export const POINT_VERTEX = `${COMMON}
in vec3 position;
in float code;
uniform float pointSize;
uniform bool attenuated;
flat out vec3 color;
flat out float diameter;
void main() {
  vec4 at = place(position);
  diameter = attenuated ? pointSize / at.w : pointSize;
  gl_PointSize = diameter + 2.0;
  if (code >= HIDDEN_FROM || !(at.w > 0.0)) { gl_Position = ${NOWHERE}; color = vec3(0.0); return; }
  color = colorOf(code, at.z / at.w);
  gl_Position = clipped(at.xy / at.w, at.z / at.w, at.w);
}`;

export const POINT_FRAGMENT = `
precision highp float;
flat in vec3 color;
flat in float diameter;
out vec4 pixel;
void main() {
  float away = length(gl_PointCoord - 0.5) * (diameter + 2.0);
  float part = clamp(0.5 * diameter - away + 0.5, 0.0, 1.0);
  if (part < 0.02) discard;
  pixel = vec4(color, part);
}`;

/** A line is a strip of two triangles as wide as the pen; `corner` is its end (0 or 1) and side (-1 or 1), then the stroke of an arrow. */
const STROKE = `
in vec3 corner;
in float code;
uniform float lineWidth;
flat out vec3 color;
out float aside;

void stroke(vec3 a, vec3 b, float w) {
  vec2 along = b.xy - a.xy;
  float span = length(along);
  vec2 direction = span > 0.0 ? along / span : vec2(1.0, 0.0);
  float half_ = 0.5 * lineWidth + 0.5;
  vec3 end = corner.x < 0.5 ? a : b;
  aside = corner.y * half_;
  vec2 pixel = end.xy + half_ * corner.y * vec2(-direction.y, direction.x) + (corner.x - 0.5) * 0.5 * direction;
  gl_Position = clipped(pixel, end.z, 1.0);
  color = colorOf(code, b.z);
}
`;

export const LINK_VERTEX = `${COMMON}${STROKE}
in vec3 begin;
in vec3 end;
void main() {
  vec4 a = place(begin);
  vec4 b = place(end);
  if (code >= HIDDEN_FROM || !(a.w > 0.0 && b.w > 0.0)) { gl_Position = ${NOWHERE}; color = vec3(0.0); aside = 0.0; return; }
  stroke(a.xyz / a.w, b.xyz / b.w, 1.0);
}`;

/** Heads as in shared/draw/space-lines. */
export const ARROW_VERTEX = `${COMMON}${STROKE}
in vec3 begin;
in vec3 vector;
uniform float arrowLength;
void main() {
  vec4 p = place(begin);
  vec4 q = place(begin + arrowLength * vector);
  if (code >= HIDDEN_FROM || !(p.w > 0.0 && q.w > 0.0)) { gl_Position = ${NOWHERE}; color = vec3(0.0); aside = 0.0; return; }
  vec3 a = p.xyz / p.w;
  vec3 b = q.xyz / q.w;
  if (corner.z > 0.5) {
    vec3 along = b - a;
    float span = length(along.xy);
    if (span < 4.0) { gl_Position = ${NOWHERE}; color = vec3(0.0); aside = 0.0; return; }
    float part = min(0.35, 9.0 / span);
    float side = corner.z > 1.5 ? -0.45 : 0.45;
    a = b - part * along + vec3(-along.y, along.x, 0.0) * part * side;
  }
  stroke(a, b, 1.0);
}`;

export const LINE_FRAGMENT = `
precision highp float;
uniform float lineWidth;
uniform float opacity;
flat in vec3 color;
in float aside;
out vec4 pixel;
void main() {
  float part = clamp(0.5 * lineWidth + 0.5 - abs(aside), 0.0, 1.0);
  if (part < 0.02) discard;
  pixel = vec4(color, part * opacity);
}`;
