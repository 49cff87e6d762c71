import { areaOf, pictureBlob } from '../../draw-worker/draw-client.ts';
import { useViews } from '../../stores/view-store.ts';
import { lookOf } from './view-look.ts';

/** The shown picture as a PNG without the empty canvas around the frame; undefined where there is none. */
export async function framePicture(viewId: string): Promise<Blob | undefined> {
  const blob = await pictureBlob(viewId);
  const area = areaOf(viewId);
  const view = useViews.getState().views[viewId];
  const look = view?.camera ? undefined : lookOf(view, area);
  if (!blob || !area || !look) return blob;
  const whole = await createImageBitmap(blob);
  const ratio = whole.width / area.width;
  const [x, y, width, height] = [look.rect.x, look.rect.y, look.rect.width, look.rect.height].map((side) => Math.round(side * ratio)) as [
    number,
    number,
    number,
    number,
  ];
  const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  canvas.getContext('2d')?.drawImage(whole, -x, -y);
  whole.close();
  return canvas.convertToBlob({ type: 'image/png' });
}
