import type { DesktopApi } from '../../preload/api.ts';

/** The desktop shell around this page; undefined in a browser. */
export const desktop: DesktopApi | undefined = typeof window === 'undefined' ? undefined : window.streakline;
