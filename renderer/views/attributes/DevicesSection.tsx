import { type Device, devicesOf, scaledTrace } from '../../../shared/compute/device-table.ts';
import { useActiveFacts } from '../../stores/use-view-facts.ts';
import { seriesText } from '../../strings/series-text.ts';
import { valueText } from '../../../shared/draw/number-text.ts';
import styles from './DevicesSection.module.css';
import { Sparkline } from './Sparkline.tsx';

const words = seriesText.devices;

/** The devices that were recorded with the buffer on the screen, each with its trace; nothing where there are none. */
export function DevicesSection() {
  const attributes = useActiveFacts()?.bufferInfo?.attributes;
  const devices = attributes ? devicesOf(attributes) : [];
  if (devices.length === 0) return null;
  return (
    <section className={styles.section} aria-label={words.title}>
      <h3 className={styles.title}>
        {words.title}
        <span className={styles.count}>{devices.length}</span>
      </h3>
      <ul className={styles.list}>
        {devices.map((device) => (
          <DeviceRow key={device.number} device={device} />
        ))}
      </ul>
    </section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const name = device.alias || device.name || words.unnamed(device.number + 1);
  const values = scaledTrace(device);
  const range = values.length > 0 ? rangeText(values, device.scale.unit) : words.samples(0);
  return (
    <li className={styles.device} title={[device.name, device.class, device.scale.description].filter(Boolean).join('\n')}>
      <span className={styles.name}>{words.name(name, device.class)}</span>
      <span className={styles.range}>{values.length === 1 ? singleText(values[0] ?? Number.NaN, device.scale.unit) : range}</span>
      {values.length > 1 && <Sparkline values={values} label={words.trace(name, range)} />}
    </li>
  );
}

function singleText(value: number, unit: string): string {
  return `${valueText(value)}${unit ? ` ${unit}` : ''}`;
}

function rangeText(values: readonly number[], unit: string): string {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return finite.length > 0 ? words.range(valueText(low), valueText(high), unit) : words.samples(values.length);
}
