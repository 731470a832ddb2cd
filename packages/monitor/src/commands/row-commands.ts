import { slaveLabelled } from '@piw/wire/board-slaves';
import { goTo } from '../state/go.ts';
import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import type { PackageName, Ref } from '../state/ref.ts';
import { type Command, stepTo } from './command.ts';

const first = (monitor: Monitor): Ref | undefined => subjects(monitor)[0];

/** Of what was built, the host of the slave that built it. */
function hostOf(monitor: Monitor): string | null {
  const { board } = monitor.feed;
  const ref = first(monitor);
  switch (ref?.of) {
    case 'master':
      return board?.farm.host ?? null;
    case 'slave':
      return ref.slave.host;
    case 'build':
      return (board && slaveLabelled(board, ref.build.slave))?.host ?? null;
    default:
      return null;
  }
}

function packageOf(ref: Ref | undefined): PackageName | null {
  switch (ref?.of) {
    case 'job':
    case 'cell':
      return ref.cell.package;
    case 'reason':
      return ref.cell?.package ?? null;
    case 'build':
      return ref.build.package;
    case 'slave':
      return ref.slave.task?.package ?? null;
    case 'failure':
      return ref.group.package;
    default:
      return null;
  }
}

/** What is copied of a row: what one would type somewhere else. */
function wordsOf(ref: Ref, monitor: Monitor): string | null {
  switch (ref.of) {
    case 'master':
      return monitor.feed.board?.farm.host ?? null;
    case 'slave':
      return ref.slave.label;
    case 'target':
      return ref.target;
    case 'job':
    case 'cell':
      return `${ref.cell.package}==${ref.cell.version}`;
    case 'build':
      return `${ref.build.package}==${ref.build.version}`;
    case 'version':
      return `${ref.package}==${ref.version}`;
    case 'failure':
      return ref.group.remedy ?? ref.group.text;
    case 'reason':
      return ref.cell && `${ref.cell.package}==${ref.cell.version}`;
    case 'entry':
    case 'nothing':
      return null;
  }
}

const copied = (monitor: Monitor): string =>
  subjects(monitor)
    .flatMap((ref) => wordsOf(ref, monitor) ?? [])
    .join('\n');

/** What can be done with a row beside orders. */
export const rowCommands: readonly Command[] = [
  {
    ...{
      name: 'matrix',
      keys: ['m'],
      group: 'Views',
      hint: 'package',
      on: 'rows about a package',
      about: 'the package of the row',
    },
    when: (monitor) => monitor.place.view !== 'package' && packageOf(first(monitor)) !== null,
    run: (monitor) => stepTo(goTo(monitor, { view: 'package', package: packageOf(first(monitor)) })),
  },
  {
    ...{
      name: 'copy',
      keys: ['y'],
      group: 'List',
      on: 'rows with a name',
      about: 'copy what the row is called, over OSC 52',
    },
    when: (monitor) => copied(monitor) !== '',
    run: (monitor) => [monitor, [{ do: 'copy', text: copied(monitor) }]],
  },
  {
    ...{
      name: 'ssh',
      keys: ['S'],
      group: 'Program',
      hint: 'log in',
      on: 'slaves, builds or the master',
      about: 'log in to its host',
    },
    when: (monitor) => hostOf(monitor) !== null,
    run: (monitor) => {
      const host = hostOf(monitor);
      return [monitor, host === null ? [] : [{ do: 'ssh', host }]];
    },
  },
];
