import { memo, useLayoutEffect, useRef } from 'react';
import { COLOR_MAPS, type ColorMapName } from '../../shared/colors/color-map.ts';
import { colorTable } from '../../shared/colors/color-table.ts';
import { Select } from './Select.tsx';
import styles from './ColorMapSelect.module.css';

/** A colour map, each shown as the strip of its colours. */
export function ColorMapSelect({
  label,
  value,
  reversed,
  kinds,
  onChange,
}: {
  label: string;
  value: ColorMapName;
  reversed: boolean;
  kinds: Readonly<Record<(typeof COLOR_MAPS)[number]['kind'], string>>;
  onChange(map: ColorMapName): void;
}) {
  const groups = Object.entries(kinds).map(([kind, title]) => ({
    title,
    choices: COLOR_MAPS.filter((map) => map.kind === kind).map(({ name, label: shown }) => ({
      id: name,
      label: shown,
      picture: <MapStrip map={name} reversed={reversed} />,
    })),
  }));
  return (
    <Select
      label={label}
      value={value}
      groups={groups}
      onChange={(id) => {
        const map = COLOR_MAPS.find(({ name }) => name === id);
        if (map) onChange(map.name);
      }}
    />
  );
}

const MapStrip = memo(function MapStrip({ map, reversed }: { map: ColorMapName; reversed: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const image = new ImageData(256, 1);
    new Uint32Array(image.data.buffer).set(colorTable(map, reversed));
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [map, reversed]);
  return <canvas ref={canvas} className={styles.strip} width={256} height={1} aria-hidden="true" />;
});
