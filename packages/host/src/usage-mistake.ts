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
  const unknown = /^Unknown arguments?: (.*)$/.exec(first)?.[1]?.split(', ') ?? [];
  const mistyped = vocabulary.commands.length > 0 ? unknown.find((word) => argv.includes(word)) : undefined;
  if (mistyped !== undefined) return withGuess(`unknown command ${mistyped}`, mistyped, vocabulary.commands, '');
  const stray = strayOption(argv, vocabulary.options);
  if (stray !== undefined) return withGuess(`unknown option --${stray}`, stray, vocabulary.options, '--');
  if (unknown[0] !== undefined) return unknownArgument(unknown[0], argv);
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

/** An option that nobody declared is the likeliest cause of whatever else is wrong. */
function strayOption(argv: readonly string[], options: ReadonlySet<string>): string | undefined {
  const end = argv.indexOf('--');
  return argv
    .slice(0, end < 0 ? argv.length : end)
    .filter((given) => given.startsWith('--'))
    .map((given) => given.slice(2).split('=')[0]!)
    .find((name) => ![name, name.replace(/^no-/, '')].some((form) => options.has(dashCase(form)) || form === ''));
}

const dashCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function unknownArgument(word: string, argv: readonly string[]): string {
  const isFlag = word.length === 1 && argv.some((given) => /^-[^-]/.test(given) && given.includes(word));
  return isFlag ? `unknown option -${word}` : `unexpected argument ${word}`;
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
