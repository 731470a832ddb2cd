import { targetPictures } from '../keep-count/target-pictures.ts';
import type { Answering } from './office.ts';

/** More than people read; a stranger may offer whatever it likes. */
const [mostOffered, mostNamed] = [300, 20];

/** The farm as a whole. */
export const boardLooks: Answering<'SNAPSHOT' | 'STANDING' | 'STATISTICS' | 'TARGETS'> = ({
  accountant,
  driver,
  premises,
}) => ({
  SNAPSHOT: () => Promise.resolve(accountant.snapshot()),
  STANDING: (_, who, mayOrder) => Promise.resolve({ who, mayOrder }),
  STATISTICS: () => accountant.statistics(),
  TARGETS: async () => {
    const targets = await targetPictures(premises.pool);
    const known = new Set(targets.map(({ target }) => target));
    const offered = [...driver.offers()].filter(([target]) => !known.has(target));
    const shown = offered.slice(0, mostOffered);
    return { targets, offered: shown.map(([target, { by }]) => ({ target, by: by.toSorted().slice(0, mostNamed) })) };
  },
});
