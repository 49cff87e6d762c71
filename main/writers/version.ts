import { version } from '../../package.json';

/** Written into every output, so that a file tells which program made it. */
export const STREAKLINE_VERSION: string = version;
export const VERSION_ATTRIBUTE = '_StreaklineVersion';
