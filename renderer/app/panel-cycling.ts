import { FOCUS_PANELS } from '../stores/ui-store.ts';

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';

/** Moves the focus to the next panel that is there: to where the focus was in it last, else to its first control. */
export function cyclePanel(by: 1 | -1): void {
  const panels = FOCUS_PANELS.map((name) => document.querySelector<HTMLElement>(`[data-panel="${name}"]`)).filter((panel) => panel !== null);
  const now = panels.findIndex((panel) => panel.contains(document.activeElement));
  for (let step = 1; step <= panels.length; step += 1) {
    const panel = panels[(now + by * step + panels.length * 2) % panels.length];
    if (panel && focusInside(panel)) return;
  }
}

function focusInside(panel: HTMLElement): boolean {
  const first = panel.querySelector<HTMLElement>('[data-focus-first]') ?? [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => element.offsetParent !== null);
  (first ?? panel).focus();
  return panel.contains(document.activeElement);
}
