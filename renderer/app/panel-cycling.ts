import { FOCUS_PANELS } from '../stores/ui-store.ts';

const FOCUSABLE = ['a[href]', 'button:not(:disabled)', 'input:not(:disabled)', '[tabindex]']
  .map((kind) => `${kind}:not([tabindex="-1"])`)
  .join(', ');

/** What a panel is entered for, where that is not its first control. */
const ENTRIES: Readonly<Partial<Record<(typeof FOCUS_PANELS)[number], string>>> = {
  tree: '[role=treegrid]',
  centre: '.dv-active-group [role=group][tabindex="0"]',
  inspector: '[role=tab][aria-selected=true]',
  timeline: '[role=slider]',
};

/** Moves the focus to the next panel that is there. */
export function cyclePanel(by: 1 | -1): void {
  const panels = FOCUS_PANELS.flatMap((name) => {
    const element = document.querySelector<HTMLElement>(`[data-panel="${name}"]`);
    return element ? [{ element, entry: ENTRIES[name] }] : [];
  });
  const now = panels.findIndex(({ element }) => element.contains(document.activeElement));
  for (let step = 1; step <= panels.length; step += 1) {
    const panel = panels[(now + by * step + panels.length * 2) % panels.length];
    if (panel && enter(panel.element, panel.entry)) return;
  }
}

function enter(panel: HTMLElement, entry: string | undefined): boolean {
  const wanted = entry === undefined ? null : panel.querySelector<HTMLElement>(entry);
  const target = wanted ?? [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => element.offsetParent !== null) ?? panel;
  target.focus();
  return panel.contains(document.activeElement);
}
