import { fileURLToPath } from 'node:url';

/** Where a script of this package's `python/` lies; sources and `dist` are equally deep. */
export const pythonScript = (name: string): string => fileURLToPath(new URL(`../../python/${name}`, import.meta.url));
