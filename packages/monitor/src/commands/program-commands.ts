import { goBack, goTo } from '../state/go.ts';
import { typedLine } from '../state/typed.ts';
import { type Command, stepTo } from './command.ts';
import { reachable } from './reachable.ts';

const always = (): boolean => true;

/** What concerns the monitor itself. */
export const programCommands: readonly Command[] = [
  {
    ...{
      name: 'command',
      keys: [':'],
      group: 'Program',
      about: 'type a command by its name; Tab completes',
      when: always,
    },
    run: (monitor) => stepTo({ ...monitor, prompt: { for: 'command', typed: typedLine() } }),
  },
  {
    ...{ name: 'redraw', keys: ['ctrl-l'], group: 'Program', about: 'draw the screen anew', when: always },
    run: (monitor) => [monitor, [{ do: 'redraw' }]],
  },
  {
    ...{
      name: 'suspend',
      keys: ['ctrl-z'],
      group: 'Program',
      about: 'back to the shell for now: fg returns',
      when: always,
    },
    run: (monitor) => [monitor, [{ do: 'suspend' }]],
  },
  {
    ...{ name: 'quit', keys: ['q', 'ctrl-c'], group: 'Program', about: 'leave', hint: 'quit', when: always },
    run: (monitor) => [monitor, [{ do: 'quit' }]],
  },
];

/** The help over the place where one is, from the commands that there are. */
export const helpCommand = (commands: () => readonly Command[]): Command => ({
  ...{ name: 'help', keys: ['?', '8'], group: 'Program', about: 'what the keys do here' },
  hint: ({ place }) => (place.view === 'help' ? undefined : 'help'),
  when: always,
  run: (monitor) => {
    if (monitor.place.view === 'help') return stepTo(goBack(monitor));
    const entries = reachable(commands(), monitor)
      .map(({ group, keys, name, about, takes }) => ({
        group,
        keys: `${keys.join(' ')}${keys.length > 0 ? '  ' : ''}:${name}${takes === undefined ? '' : ` ${takes}`}`,
        about,
      }))
      .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
    return stepTo(goTo(monitor, { view: 'help', above: monitor.place, entries }));
  },
});

const groups: readonly Command['group'][] = ['Orders', 'Views', 'List', 'Log', 'Move', 'Program'];
