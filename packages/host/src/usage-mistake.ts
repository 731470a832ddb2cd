import { nearest } from './nearest.ts';

/** What a program would have understood. */
export interface Vocabulary {
  readonly options: ReadonlySet<string>;
  readonly commands: readonly string[];
  /** The positionals of the command that was given, in their order. */
  readonly positionals: readonly string[];
}

/** Turns what yargs says of a mistake into one sentence that names what was typed and what may have been meant. */
export function usageMistake(message: string, argv: readonly string[], vocabulary: Vocabulary): string {
  const [first = ''] = message.split('\n');
  const unknown = /^Unknown arguments?: (.*)$/.exec(first)?.[1];
  if (unknown !== undefined) return unknownArgument(unknown.split(', ')[0]!, argv, vocabulary);
  const needsValue = /^Not enough arguments following: (.*)$/.exec(first)?.[1];
  if (needsValue !== undefined) return `${dashed(needsValue)} needs a value`;
  const got = /^Not enough non-option arguments: got (\d+)/.exec(first)?.[1];
  if (got !== undefined) return missingPositional(Number(got), vocabulary);
  const missing = /^Missing required arguments?: (.*)$/.exec(first)?.[1];
  if (missing !== undefined) return missing.split(', ').map(dashed).join(' and ') + ' must be given';
  const both = /^Arguments (\S+) and (\S+) are mutually exclusive/.exec(first);
  if (both) return `${dashed(both[1]!)} and ${dashed(both[2]!)} exclude each other`;
  return first;
}

function unknownArgument(word: string, argv: readonly string[], { options, commands }: Vocabulary): string {
  if (word.length === 1 && argv.some((given) => /^-[^-]/.test(given) && given.includes(word)))
    return `unknown option -${word}`;
  const name = (given: string) => given.replace(/^--(?:no-)?/, '').split('=')[0];
  if (argv.some((given) => given.startsWith('--') && name(given) === word))
    return withGuess(`unknown option --${word}`, word, options, '--');
  return commands.length > 0 ? withGuess(`unknown command ${word}`, word, commands, '') : `unexpected argument ${word}`;
}

function withGuess(sentence: string, word: string, candidates: Iterable<string>, dashes: string): string {
  const guess = nearest(word, candidates);
  return guess === undefined ? sentence : `${sentence}; did you mean ${dashes}${guess}?`;
}

function missingPositional(got: number, { positionals }: Vocabulary): string {
  const name = positionals[got];
  return name === undefined ? 'something is missing' : `${name.toUpperCase()} is missing`;
}

const dashed = (option: string): string => (option.length === 1 ? `-${option}` : `--${option}`);
