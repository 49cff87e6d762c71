import { version } from '../../package.json';

/** Written into every output, so that a file tells which program made it. */
export const STREAKLINE_VERSION: string = version;
export const VERSION_ATTRIBUTE = '_StreaklineVersion';
/** How files that name a program name this one. */
export const SOFTWARE = `Streakline ${STREAKLINE_VERSION}`;
