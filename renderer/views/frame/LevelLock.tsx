import { frameText } from '../../strings/frame-text.ts';
import { Icon } from '../../widgets/Icon.tsx';
import type { SettledBar } from './bar-look.ts';

/** Whether the levels of a bar stay from buffer to buffer. */
export function LevelLock({
  title,
  colors,
  commands,
  className,
  top,
}: Pick<SettledBar, 'title' | 'colors' | 'commands'> & { readonly className: string | undefined; readonly top?: number }) {
  const locked = colors.levels.mode === 'locked';
  return (
    <button
      type="button"
      className={className}
      style={{ top }}
      data-locked={locked || undefined}
      aria-pressed={locked}
      onClick={() => commands.setMode(locked ? 'per-buffer' : 'locked')}
      aria-label={frameText.bar.locked(title)}
      title={locked ? frameText.bar.locked(title) : frameText.bar.perBuffer(title)}
    >
      <Icon name={locked ? 'lock' : 'unlock'} size={12} />
    </button>
  );
}
