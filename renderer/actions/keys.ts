/**
 * Keys are written as modifiers and a key joined by '+': 'Mod+Shift+O', 'Alt+ArrowLeft', 'PageDown', '?', '+'.
 * Mod is Cmd on macOS and Ctrl elsewhere. Shift is written only with named keys, letters and digits: '?' is '?' on every keyboard.
 */
const MODIFIERS = ['Mod', 'Alt', 'Shift'] as const;

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export function isMac(platform: string = typeof navigator === 'undefined' ? '' : navigator.platform): boolean {
  return platform.startsWith('Mac');
}

/** The written form of a key press; undefined for a modifier alone. */
export function pressedKey(event: KeyPress, mac = isMac()): string | undefined {
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph'].includes(event.key)) return undefined;
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const mod = mac ? event.metaKey : event.ctrlKey;
  const foreign = mac ? event.ctrlKey : event.metaKey;
  if (foreign) return undefined;
  const shift = event.shiftKey && (key.length > 1 || /[A-Z0-9]/.test(key));
  return [mod && 'Mod', event.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

/** A key without Ctrl, Cmd or Alt that writes a character: these can be switched off. */
export function isSingleKey(keys: string): boolean {
  const { modifiers, key } = splitKeys(keys);
  return !modifiers.includes('Mod') && !modifiers.includes('Alt') && (key.length === 1 || key === 'Space');
}

function splitKeys(keys: string): { modifiers: string[]; key: string } {
  const modifiers: string[] = [];
  let rest = keys;
  for (const name of MODIFIERS) {
    if (rest.startsWith(`${name}+`) && rest.length > name.length + 1) {
      modifiers.push(name);
      rest = rest.slice(name.length + 1);
    }
  }
  return { modifiers, key: rest };
}

const KEY_LABELS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page up',
  PageDown: 'Page down',
  Escape: 'Esc',
  '-': '−',
};
const WORDS: Readonly<Record<string, string>> = { Mod: 'Ctrl', Alt: 'Alt', Shift: 'Shift' };
const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };

/** As a key cap shows it: 'Ctrl Shift O', on macOS '⇧⌘O'. */
export function keyLabel(keys: string, mac = isMac()): string {
  const { modifiers, key } = splitKeys(keys);
  const label = KEY_LABELS[key] ?? key;
  if (mac)
    return (
      [...modifiers]
        .reverse()
        .map((name) => MAC_SIGNS[name])
        .join('') + label
    );
  return [...modifiers.map((name) => WORDS[name]), label].join(' ');
}

/** As ARIA and Electron accelerators write it. */
export function ariaKeys(keys: string, mac = isMac()): string {
  return keys.replace('Mod', mac ? 'Meta' : 'Control');
}
