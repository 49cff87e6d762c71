import { memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useSettings } from '../../stores/settings-store.ts';
import { knownThumbnail, makeThumbnail, storedThumbnails, thumbnailKey, type ThumbnailWish } from '../../stores/thumbnails.ts';
import { cx } from '../../widgets/class-names.ts';
import { Icon } from '../../widgets/Icon.tsx';
import type { IconName } from '../../widgets/icons.tsx';
import styles from './Thumbnail.module.css';

const WIDTH = 48;
const HEIGHT = 36;
const FIRST = { buffer: 0, frame: 0, plane: 0 };

/** The first buffer of a dataset, drawn when nothing else is to do and the row is in sight; its icon until then. */
export const Thumbnail = memo(function Thumbnail({
  path,
  format,
  options,
  icon,
}: Pick<ThumbnailWish, 'path' | 'format' | 'options'> & { icon: IconName }) {
  const wish = useMemo(
    () => ({
      path,
      ...(format === undefined ? {} : { format }),
      options,
      place: FIRST,
      width: WIDTH,
      height: HEIGHT,
    }),
    [path, format, options],
  );
  const box = useRef<HTMLSpanElement>(null);
  const address = useThumbnail(useSettings((state) => state.thumbnails) ? wish : undefined, box);
  return <Box box={box} address={address} icon={icon} />;
});

/** As it was when the dataset was open last. */
export function StoredThumbnail({ path, icon }: { path: string; icon: IconName }) {
  const shown = useSettings((state) => state.thumbnails);
  const address = useMemo(() => (shown ? storedThumbnails()[path] : undefined), [shown, path]);
  return <Box address={address} icon={icon} />;
}

function Box({ box, address, icon }: { box?: RefObject<HTMLSpanElement | null>; address: string | undefined; icon: IconName }) {
  return (
    <span ref={box} className={cx(styles.box, address && styles.drawn)}>
      {address ? <img src={address} width={WIDTH} height={HEIGHT} alt="" /> : <Icon name={icon} />}
    </span>
  );
}

/** Address of a thumbnail once it is drawn; given up while it is out of sight. The last one stays until the next is there. */
export function useThumbnail(wish: ThumbnailWish | undefined, box: RefObject<HTMLElement | null>): string | undefined {
  const key = wish && thumbnailKey(wish);
  const [shown, setShown] = useState<{ readonly path: string; readonly address: string }>();
  useEffect(() => {
    const element = box.current;
    if (!wish || key === undefined || !element) return;
    let control: AbortController | undefined;
    const observer = new IntersectionObserver((entries) => {
      control?.abort();
      if (!entries.at(-1)?.isIntersecting) return;
      const mine = new AbortController();
      control = mine;
      void makeThumbnail(wish, mine.signal).then((address) => {
        if (address !== undefined && !mine.signal.aborted) setShown({ path: wish.path, address });
      });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      control?.abort();
    };
    // The key says all that the wish does.
  }, [key, box]);
  if (!wish || key === undefined) return undefined;
  return (knownThumbnail(key) ?? (shown?.path === wish.path ? shown.address : undefined)) || undefined;
}
