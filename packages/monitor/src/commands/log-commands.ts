import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';
import { searchNext } from '../state/search-log.ts';
import { typedLine } from '../state/typed.ts';
import { type Command, stepTo } from './command.ts';

const withLog = ({ log }: Monitor): boolean => log !== null;

const on = 'logs';
const searched = 'logs that are searched';

const isSearched = ({ log, reading: { search } }: Monitor): boolean => log !== null && search !== '';

const reading = (monitor: Monitor, change: Partial<Monitor['reading']>): Monitor => ({
  ...monitor,
  reading: { ...monitor.reading, ...change },
});

/** What can be done with a log. */
export const logCommands: readonly Command[] = [
  {
    ...{
      name: 'follow',
      keys: ['f'],
      group: 'Log',
      about: 'follow the log, or stop',
      hint: 'follow',
      on,
      when: withLog,
    },
    run: (monitor) => stepTo(reading(monitor, { following: !monitor.reading.following })),
  },
  {
    ...{
      name: 'wrap',
      keys: ['w'],
      group: 'Log',
      about: 'wrap long lines, or cut them',
      hint: 'wrap',
      on,
      when: withLog,
    },
    run: (monitor) => stepTo(reading(monitor, { wrapped: !monitor.reading.wrapped })),
  },
  {
    ...{
      name: 'timestamps',
      keys: ['T'],
      group: 'Log',
      about: 'show when each new line came',
      on,
      when: withLog,
    },
    run: (monitor) => stepTo(reading(monitor, { timed: !monitor.reading.timed })),
  },
  {
    ...{ name: 'search', keys: ['/'], group: 'Log', hint: 'search', on },
    about: 'search the log for a regular expression',
    when: withLog,
    run: (monitor) => stepTo({ ...monitor, prompt: { for: 'search', typed: typedLine(monitor.reading.search) } }),
  },
  {
    ...{
      name: 'search-on',
      keys: ['n'],
      group: 'Log',
      about: 'the next line that matches',
      on: searched,
      when: isSearched,
    },
    run: (monitor) => stepTo(searchNext(monitor, 1)),
  },
  {
    ...{
      name: 'search-back',
      keys: ['N'],
      group: 'Log',
      about: 'the line before that matches',
      on: searched,
      when: isSearched,
    },
    run: (monitor) => stepTo(searchNext(monitor, -1)),
  },
  {
    ...{
      name: 'save',
      keys: ['W'],
      group: 'Log',
      about: 'save the whole log to a file',
      hint: 'save',
      takes: 'FILE',
      on,
    },
    when: withLog,
    run: (monitor, words) => {
      if (monitor.log === null) return stepTo(telling(monitor, 'odd', 'There is no log here.'));
      const { attempt } = monitor.log;
      if (words !== '') return [monitor, [{ do: 'save', attempt, path: words }]];
      return stepTo({ ...monitor, prompt: { for: 'file', typed: typedLine(`attempt-${attempt}.log`) } });
    },
  },
];
