import type { Answer } from '@piw/wire/control-protocol';
import { look } from './look.ts';
import { facts, type Page } from './page.ts';

export const whoamiCommand = look({
  command: 'whoami',
  describe: 'Show who you are to the master, and whether you may give orders',
  builder: (yargs) => yargs,
  question: 'STANDING',
  ask: () => ({}),
  page: (answer) => standingPage(answer),
});

const standingPage = ({ who, mayOrder }: Answer<'STANDING'>): Page => [
  facts([
    ['you are', who],
    ['you may', mayOrder ? 'look, and give orders' : 'only look: it is the key of an observer'],
  ]),
];
