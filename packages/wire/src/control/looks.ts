import { buildLooks } from './build-looks.ts';
import { failuresLook } from './failures-look.ts';
import { farmLooks } from './farm-looks.ts';
import { historyLook } from './history-look.ts';
import { packageLook } from './package-look.ts';
import { whyLook } from './why-look.ts';

/** Questions that change nothing. */
export const looks = { ...farmLooks, ...historyLook, ...buildLooks, ...packageLook, ...whyLook, ...failuresLook };
