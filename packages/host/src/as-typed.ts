import { Parser } from 'yargs/helpers';
import { shellWord } from './shell-word.ts';

/** How programs of this project are typed where one of them was started. */
export interface Typing {
  /** npm's own programs are not on every shell's PATH. */
  readonly npx: boolean;
  /** The options that say which master is meant, as they were given: `--run-dir /run/farm`; empty without any. */
  readonly master: string;
}

/** Where the programs are on the PATH and find their master by themselves. */
export const plainTyping: Typing = { npx: false, master: '' };

/** The programs that take the options which say which master is meant. */
const ofOperators: readonly string[] = ['piw-control', 'piw-add', 'piw-monitor', 'piw-sense'];
const masterOptions = ['run-dir', 'control-queue', 'status-queue', 'master-key', 'key-file'];

/** How others are typed by who typed this one: after the same npx, about the same master. */
export function typingOf(program: string, argv: readonly string[], env: NodeJS.ProcessEnv): Typing {
  const npx = env['npm_command'] !== undefined;
  if (!ofOperators.includes(program)) return { npx, master: '' };
  const given = Parser([...argv], { string: masterOptions }) as Readonly<Record<string, unknown>>;
  const words = masterOptions.flatMap((name) => {
    const value = [given[name]].flat().at(-1);
    return typeof value === 'string' && value !== '' ? [`--${name} ${shellWord(value)}`] : [];
  });
  return { npx, master: words.join(' ') };
}

/** A program of this project as it is typed here. */
export const asTyped = (program: string, { npx, master }: Typing): string =>
  [...(npx ? ['npx'] : []), program, ...(master !== '' && ofOperators.includes(program) ? [master] : [])].join(' ');

/**
 * A text for people, with the commands in it as they are typed here: each program of this project at the beginning, after a colon, in
 * quotes or in brackets.
 */
export const withCommandsAsTyped = (text: string, typing: Typing): string =>
  isPlain(typing)
    ? text
    : text.replace(
        /(^|["(]|: )(piw-[a-z]+)(?=[ "]|$)/g,
        (_, before: string, program: string) => before + asTyped(program, typing),
      );

/** Whether every command is typed as it is written. */
export const isPlain = ({ npx, master }: Typing): boolean => !npx && master === '';
