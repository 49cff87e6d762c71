/**
 * Gives the focus to the view around an element that was pressed. The browser takes a focus by script for one by keys where nothing had
 * it before, and would draw the ring; `data-pressed` keeps it away until a key is used.
 */
export function focusByPointer(pressed: Element | null): void {
  const view = pressed?.closest<HTMLElement>('[tabindex]');
  if (!view) return;
  view.dataset['pressed'] = '';
  view.addEventListener('keydown', forgetPointer, { once: true });
  view.addEventListener('blur', forgetPointer, { once: true });
  view.focus({ preventScroll: true });
}

function forgetPointer({ currentTarget }: Event): void {
  if (currentTarget instanceof HTMLElement) delete currentTarget.dataset['pressed'];
}
