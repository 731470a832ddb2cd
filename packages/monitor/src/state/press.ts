import { nearest } from '@piw/host/nearest';
import { type Command, type Step, stepTo } from '../commands/command.ts';
import { commands } from '../commands/commands.ts';
import { ordered, reasoned } from '../commands/give-order.ts';
import { completed } from './complete.ts';
import { withList } from './list.ts';
import type { Monitor, Prompt, Typed } from './monitor.ts';
import { telling } from './notices.ts';
import { noOrders, restraint } from './restraint.ts';
import { searchNext } from './search-log.ts';
import { typing } from './typed.ts';

/** What a key does: it goes into the line that is typed, where there is one, else to a command. */
export function press(monitor: Monitor, key: string): Step {
  const { prompt } = monitor;
  if (prompt === null) return commandOf(monitor, key)?.run(monitor, '') ?? stepTo(withheld(monitor, key));
  if (key === 'esc' || key === 'ctrl-c') return stepTo(left(monitor, prompt));
  if (prompt.for === 'yes') return answer(monitor, prompt, key);
  if (key === 'enter') return entered(monitor, prompt);
  if (key === 'tab' && prompt.for === 'command')
    return stepTo(typedInto(monitor, prompt, completed(monitor, prompt.typed)));
  const typed = typing(prompt.typed, key);
  return stepTo(typed === null ? monitor : typedInto(monitor, prompt, typed));
}

const commandOf = (monitor: Monitor, key: string): Command | undefined =>
  commands.find(({ keys, when }) => keys.includes(key) && when(monitor));

/** What a key would do elsewhere is told: that none of it is for what is here, or that no orders are given from here. */
function withheld(monitor: Monitor, key: string): Monitor {
  const elsewhere = commands.filter(({ keys }) => keys.includes(key));
  if (elsewhere.length === 0) return monitor;
  const restrained = restraint(monitor);
  if (restrained !== null && elsewhere.some(({ group }) => group === 'Orders'))
    return telling(monitor, 'odd', noOrders(restrained));
  const names = [...new Set(elsewhere.flatMap(({ name, on }) => (on === undefined ? [] : name)))];
  const fors = names.map((name) => `${name} is for ${onOf(name)}`);
  return telling(monitor, 'odd', `${keyWords(key)} does nothing here${fors.length > 0 ? ': ' : ''}${fors.join(', ')}.`);
}

const keyWords = (key: string): string => (key.length === 1 ? key : `${key.charAt(0).toUpperCase()}${key.slice(1)}`);

/** What commands of a name are for. */
const onOf = (name: string): string =>
  commands.flatMap((one) => (one.name === name && one.on !== undefined ? one.on : [])).join(', or ');

/** What a line of text is typed into. */
export type Line = Exclude<Prompt, { for: 'yes' }>;

/** A filter acts as it is typed. */
export function typedInto(monitor: Monitor, prompt: Line, typed: Typed): Monitor {
  const after = { ...monitor, prompt: { ...prompt, typed } };
  return prompt.for === 'filter' ? withList(after, { filter: typed.text, top: 0 }) : after;
}

function left(monitor: Monitor, prompt: Prompt): Monitor {
  const after = { ...monitor, prompt: null };
  if (prompt.for === 'filter') return withList(after, { filter: prompt.before });
  return prompt.for === 'yes' || prompt.for === 'reason' ? telling(after, 'odd', 'Nothing was ordered.') : after;
}

function answer(monitor: Monitor, { order }: Extract<Prompt, { for: 'yes' }>, key: string): Step {
  if (key === 'y') return ordered(monitor, order, null);
  return key === 'n' || key === 'q' ? stepTo(left(monitor, { for: 'yes', order })) : stepTo(monitor);
}

function entered(monitor: Monitor, prompt: Line): Step {
  const after = { ...monitor, prompt: null };
  const text = prompt.typed.text.trim();
  switch (prompt.for) {
    case 'filter':
      return stepTo(after);
    case 'search':
      return stepTo(searchNext({ ...after, reading: { ...after.reading, search: text } }, 1));
    case 'file':
      return text === '' || !after.log
        ? stepTo(after)
        : [after, [{ do: 'save', attempt: after.log.attempt, path: text }]];
    case 'reason':
      return reasoned(monitor, prompt.order, prompt.typed.text);
    case 'command':
      return called(after, text);
  }
}

/** A command by its name. */
function called(monitor: Monitor, text: string): Step {
  const [, name = '', words = ''] = /^(\S*)\s*(.*)$/.exec(text) ?? [];
  if (name === '') return stepTo(monitor);
  const known = commands.filter((command) => command.name === name);
  const command = known.find(({ when, takes }) => when(monitor) || (words !== '' && takes !== undefined));
  if (command) return command.run(monitor, words);
  if (known.length > 0) return stepTo(unfit(monitor, name));
  const meant = nearest(
    name,
    commands.map((one) => one.name),
  );
  return stepTo(
    telling(
      monitor,
      'odd',
      `There is no :${name}.${meant === undefined ? ' ? shows what there is.' : ` Did you mean :${meant}?`}`,
    ),
  );
}

/** A command that there is, but not here. */
function unfit(monitor: Monitor, name: string): Monitor {
  const on = onOf(name);
  return telling(monitor, 'odd', `:${name} can't be done here${on === '' ? '' : `: it is for ${on}`}.`);
}
