import { buildLooks } from './build-looks.ts';
import { farmLooks } from './farm-looks.ts';
import { packageLook } from './package-look.ts';

/** Questions that change nothing. */
export const looks = { ...farmLooks, ...buildLooks, ...packageLook };
