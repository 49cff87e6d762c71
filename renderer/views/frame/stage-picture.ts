/*
 * The picture with its axes, colour bars and legend as one image: what the browser has laid out is drawn once more on a canvas.
 * Controls that mean nothing on paper (buttons, handles) are left out.
 */

const CONTROLS = 'button, [role=slider], [data-screen-only]';

/** A PNG of a laid out element and all that is in it; undefined where the browser gives no canvas. */
export async function stagePicture(stage: HTMLElement): Promise<Blob | undefined> {
  const box = stage.getBoundingClientRect();
  const ratio = window.devicePixelRatio || 1;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const view: StageView = { context, toStage: new DOMMatrix().scale(ratio).translate(-box.left, -box.top) };
  context.setTransform(view.toStage);
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--surface-canvas').trim();
  context.fillRect(box.left, box.top, box.width, box.height);
  paintElement(view, stage);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}

interface StageView {
  readonly context: CanvasRenderingContext2D;
  /** From coordinates of the window to pixels of the image. */
  readonly toStage: DOMMatrix;
}

function paintElement(view: StageView, element: Element): void {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || element.matches(CONTROLS)) return;
  if (element instanceof SVGElement) return paintShape(view, element, style);
  const { context } = view;
  context.setTransform(view.toStage);
  const box = element.getBoundingClientRect();
  paintBox(context, box, style);
  if (element instanceof HTMLCanvasElement) {
    context.imageSmoothingEnabled = false;
    if (element.width > 0 && element.height > 0) context.drawImage(element, box.left, box.top, box.width, box.height);
  }
  if (element instanceof HTMLInputElement)
    paintWords(context, element.value, box, style, box.right - Number.parseFloat(style.paddingRight) - 1, 'right');
  for (const node of element.childNodes) {
    if (node instanceof Element) paintElement(view, node);
    else if (node.nodeType === Node.TEXT_NODE) paintText(view, node, style);
  }
}

function paintBox(context: CanvasRenderingContext2D, box: DOMRect, style: CSSStyleDeclaration): void {
  if (!/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor)) {
    context.fillStyle = style.backgroundColor;
    context.fillRect(box.left, box.top, box.width, box.height);
  }
  const width = Number.parseFloat(style.borderTopWidth);
  if (style.borderTopStyle === 'none' || !(width > 0)) return;
  context.strokeStyle = style.borderTopColor;
  context.lineWidth = width;
  context.strokeRect(box.left + width / 2, box.top + width / 2, box.width - width, box.height - width);
}

function paintText({ context, toStage }: StageView, node: Node, style: CSSStyleDeclaration): void {
  const words = node.textContent?.trim();
  if (!words) return;
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  context.setTransform(toStage);
  paintWords(context, words, box, style, box.left, 'left');
}

function paintWords(
  context: CanvasRenderingContext2D,
  words: string,
  box: DOMRect,
  style: CSSStyleDeclaration,
  x: number,
  align: CanvasTextAlign,
): void {
  context.font = fontOf(style);
  context.fillStyle = style.color;
  context.textAlign = align;
  context.textBaseline = 'middle';
  context.fillText(words, x, box.top + box.height / 2);
}

/** Families with their quotes and fallbacks are what a canvas takes too. */
function fontOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): string {
  return `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
}

/** SVG shapes in their own coordinates, which the browser knows with all their transforms. */
function paintShape(view: StageView, element: SVGElement, style: CSSStyleDeclaration): void {
  const { context } = view;
  if (element instanceof SVGGraphicsElement) {
    const matrix = element.getScreenCTM();
    if (matrix) context.setTransform(view.toStage.multiply(new DOMMatrix([matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f])));
  }
  if (element instanceof SVGTextElement) return paintSvgText(context, element, style);
  const path = pathOf(element);
  if (path) {
    if (style.fill !== 'none') {
      context.fillStyle = style.fill;
      context.fill(path);
    }
    if (style.stroke !== 'none') {
      context.strokeStyle = style.stroke;
      context.lineWidth = Number.parseFloat(style.strokeWidth) || 1;
      context.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[\s,]+/).map(Number.parseFloat));
      context.stroke(path);
      context.setLineDash([]);
    }
  }
  for (const child of element.children) paintElement(view, child);
}

function pathOf(element: SVGElement): Path2D | undefined {
  if (element instanceof SVGPathElement) return new Path2D(element.getAttribute('d') ?? '');
  if (!(element instanceof SVGRectElement)) return undefined;
  const path = new Path2D();
  path.rect(element.x.baseVal.value, element.y.baseVal.value, element.width.baseVal.value, element.height.baseVal.value);
  return path;
}

const ANCHORS: Readonly<Record<string, CanvasTextAlign>> = { start: 'left', middle: 'center', end: 'right' };

function paintSvgText(context: CanvasRenderingContext2D, element: SVGTextElement, style: CSSStyleDeclaration): void {
  context.font = fontOf(style);
  context.fillStyle = style.fill;
  context.textAlign = ANCHORS[style.textAnchor] ?? 'left';
  context.textBaseline = 'alphabetic';
  context.fillText(element.textContent ?? '', Number(element.getAttribute('x') ?? 0), Number(element.getAttribute('y') ?? 0));
}
