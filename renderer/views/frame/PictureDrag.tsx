import { useRef, type DragEvent } from 'react';
import { toErrorRecord } from '../../../shared/model/data-error.ts';
import { desktop } from '../../client/desktop.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { safeName } from '../../stores/export-request.ts';
import { toast } from '../../stores/toast-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { exportText } from '../../strings/export-text.ts';
import { Icon } from '../../widgets/Icon.tsx';
import styles from './PictureDrag.module.css';
import { pictureWithAxes } from './view-commands.ts';

/**
 * Handle by which the picture is dragged out of the window as a PNG file. It is no control: keys copy the picture. A browser has to know
 * the file when the drag begins, so there it is drawn as soon as the pointer is over the handle.
 */
export function PictureDrag({ viewId }: { viewId: string }) {
  const address = useRef<string | undefined>(undefined);
  const shown = useViews((state) => state.views[viewId]?.shown !== undefined);
  if (!shown) return null;
  const prepare = (): void => {
    if (desktop) return;
    void pictureWithAxes(viewId).then((blob) => {
      if (address.current !== undefined) URL.revokeObjectURL(address.current);
      address.current = blob && URL.createObjectURL(blob);
    });
  };
  const start = (event: DragEvent<HTMLElement>): void => {
    if (desktop) {
      event.preventDefault();
      void dragFile(viewId);
    } else if (address.current === undefined) event.preventDefault();
    else event.dataTransfer.setData('DownloadURL', `image/png:${pictureName(viewId)}:${address.current}`);
  };
  return (
    <span
      className={styles.handle}
      draggable
      aria-hidden="true"
      title={exportText.dragPicture}
      data-drag-picture
      onPointerEnter={prepare}
      onDragStart={start}
    >
      <Icon name="drag-picture" />
    </span>
  );
}

async function dragFile(viewId: string): Promise<void> {
  try {
    const blob = await pictureWithAxes(viewId);
    if (blob) await desktop?.dragPicture(pictureName(viewId), new Uint8Array(await blob.arrayBuffer()));
  } catch (error) {
    toast(exportText.dragFailed(toErrorRecord(error).message), 'warn');
  }
}

function pictureName(viewId: string): string {
  const view = useViews.getState().views[viewId];
  const info = useDatasets.getState().opened[view?.dataset ?? '']?.info;
  const number = view && info?.kind === 'frames' ? ` ${view.place.buffer + info.firstNumber}` : '';
  return `${safeName(info?.title ?? '')}${number}.png`;
}
