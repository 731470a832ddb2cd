import type { Command } from '../commands/command.ts';
import { commands } from '../commands/commands.ts';
import type { Monitor, Typed } from './monitor.ts';
import { typedLine } from './typed.ts';

/** What could stand where the last word of a command is being typed, and what the command is, once its name is whole. */
export interface Completion {
  readonly words: readonly string[];
  readonly command: Command | undefined;
}

/** The names that begin so; after a name the words that it takes and that aren't there yet. */
export function completion(monitor: Monitor, text: string): Completion {
  const [, name, , rest = ''] = /^(\S*)(\s+(.*))?$/.exec(text) ?? [];
  if (!/\s/.test(text)) return { words: namesLike(monitor, text), command: commandCalled(monitor, text) };
  const command = commandCalled(monitor, name ?? '');
  const given = rest.split(/[\s,]+/);
  const last = given.pop() ?? '';
  const words = command?.complete?.(monitor) ?? [];
  return { words: words.filter((word) => begins(word, last) && !given.includes(word)), command };
}

/** The line after Tab: as far as all that could follow has it in common; a space after the only one. */
export function completed(monitor: Monitor, typed: Typed): Typed {
  const { words } = completion(monitor, typed.text);
  const [first] = words;
  if (first === undefined) return typed;
  const before = typed.text.replace(/[^\s,]*$/, '');
  if (words.length === 1) return typedLine(`${before}${first} `);
  let shared = first;
  for (const word of words) while (!begins(word, shared)) shared = shared.slice(0, -1);
  return typedLine(before + shared);
}

const begins = (word: string, beginning: string): boolean => word.toLowerCase().startsWith(beginning.toLowerCase());

const namesLike = (monitor: Monitor, text: string): readonly string[] => [
  ...new Set(commands.filter((one) => begins(one.name, text) && isOpen(one, monitor)).map(({ name }) => name)),
];

/** Of several of that name the one that takes words. */
function commandCalled(monitor: Monitor, name: string): Command | undefined {
  const its = commands.filter((one) => one.name === name && isOpen(one, monitor));
  return its.find(({ complete }) => complete !== undefined) ?? its[0];
}

/** What needs no row because it may be named is always open. */
const isOpen = ({ when, complete }: Command, monitor: Monitor): boolean =>
  when(monitor) || (complete?.(monitor).length ?? 0) > 0;
