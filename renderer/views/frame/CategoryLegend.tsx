import type { FrameInfo } from '../../../shared/model/frames.ts';
import { frameText } from '../../strings/frame-text.ts';
import styles from './CategoryLegend.module.css';
import type { FieldOption } from './frame-fields.ts';
import type { Rect } from './viewport.ts';

const COLORS = 8;

/** The classes of a field with their colours. */
export function CategoryLegend({
  block,
  field,
  frame,
  max,
  flat,
}: {
  block: Rect;
  field: FieldOption;
  frame: FrameInfo;
  max: number;
  flat: boolean;
}) {
  const role = frame.components.find(({ name }) => name === field.component)?.role;
  const last =
    role === 'mask' || role === 'enabled'
      ? 1
      : role === 'choice' && frame.choices > 1
        ? frameText.bar.choices.length - 1
        : Math.max(1, Math.min(COLORS - 1, Math.round(max)));
  return (
    <div className={styles.block} data-flat={flat || undefined} style={{ left: block.x, top: block.y, width: block.width }}>
      <div className={styles.title}>{field.label}</div>
      <ul>
        {Array.from({ length: last + 1 }, (_, value) => (
          <li key={value} className={styles.row}>
            <span className={styles.swatch} style={{ background: `var(--cat-${value + 1})` }} />
            <span className="num">{value}</span> {className(role, value)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function className(role: string | undefined, value: number): string {
  const { bar } = frameText;
  if (role === 'mask') return value === 0 ? bar.masked : bar.valid;
  if (role === 'enabled') return value === 0 ? bar.disabled : bar.enabled;
  if (role === 'choice') return bar.choices[value] ?? '';
  return '';
}
