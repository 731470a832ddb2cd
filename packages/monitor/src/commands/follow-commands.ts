import { follow, type Whom } from '../state/follow.ts';
import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { type Command, stepTo } from './command.ts';
import { labelsIn, unknown } from './known-words.ts';

/** What the operator points at that builds or is being built: on a slave's page a log that was stopped goes on first. */
function pointed(monitor: Monitor): Whom | null {
  if (monitor.log !== null && !(monitor.place.view === 'slave' && monitor.reading.following)) return null;
  const [ref] = subjects(monitor);
  switch (ref?.of) {
    case 'slave':
      return { of: 'slave', label: ref.slave.label };
    case 'job':
    case 'cell':
      return { of: 'job', cell: ref.cell };
    case 'build':
      return ref.build.outcome === null ? { of: 'job', cell: ref.build } : null;
    default:
      return null;
  }
}

/** Follows a slave or a job from build to build. */
export const followCommands: readonly Command[] = [
  {
    ...{
      name: 'follow',
      keys: ['f'],
      group: 'Views',
      hint: 'follow',
      takes: 'LABEL',
      on: 'slaves, jobs or builds under way',
    },
    about: 'follow the slave from build to build, or the job until it is built',
    when: (monitor) => pointed(monitor) !== null,
    complete: labelsIn,
    run: (monitor, words) => {
      if (words !== '')
        return stepTo(
          unknown(monitor, 'slave', words, labelsIn(monitor)) ?? follow(monitor, { of: 'slave', label: words }),
        );
      const whom = pointed(monitor);
      return stepTo(whom ? follow(monitor, whom) : monitor);
    },
  },
];
