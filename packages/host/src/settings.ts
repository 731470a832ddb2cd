import { readFileSync } from 'node:fs';
import { parse } from 'ini';
import { OperatorError } from './operator-error.ts';

/** The value of an option as a file or a variable has it, and where it stands. */
export interface Setting {
  readonly value: unknown;
  /** `/etc/piwheels.conf, [slave] timeout` or `$PIW_TIMEOUT`. */
  readonly origin: string;
}

/** What files and variables say about a program's options. */
export interface Settings {
  readonly files: ReadonlyMap<string, Setting>;
  /** A variable counts only where the program has such an option: its neighbours' are in the same environment. */
  readonly variable: (option: string) => Setting | undefined;
  /** Standard files that exist but may not be read. */
  readonly unreadable: readonly string[];
}

/** A configuration file, or a value in it, that makes no sense. */
export class ConfigurationError extends OperatorError {
  override readonly name = 'ConfigurationError';
  override readonly exitCode = 2;
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** Which files to read for a program: the standard ones that are there, and those that were asked for and must be. */
export interface SettingsSources {
  readonly program: string;
  readonly standard: readonly string[];
  readonly asked: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Reads the program's section, `[slave]` or `[piw-slave]`, of INI files, a later file beating an earlier one, and makes
 * `PIW_*` variables known. Throws a ConfigurationError where a file that was asked for can't be read.
 */
export function readSettings({ program, standard, asked, env }: SettingsSources): Settings {
  const files = new Map<string, Setting>();
  const unreadable: string[] = [];
  for (const file of [...standard, ...asked]) {
    const text = readText(file, asked.includes(file));
    if (text === 'denied') unreadable.push(file);
    else if (text !== undefined) addSection(files, file, text.content, program);
  }
  return { files, unreadable, variable: (option) => readVariable(env, option) };
}

function readText(file: string, asked: boolean): { content: string } | 'denied' | undefined {
  try {
    return { content: readFileSync(file, 'utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (asked)
      throw new ConfigurationError(
        `the configuration file ${file} can't be read: ${message}`,
        'Give one that is there with --configuration.',
      );
    return code === 'EACCES' || code === 'EPERM' ? 'denied' : undefined;
  }
}

/** What an INI file may have in a line: a section, a setting with or without a value, a comment, nothing. */
const meaning = /^\s*(?:\[[^\]]+\]\s*|[\w.-]+(?:\[\])?\s*(?:=.*)?|[;#].*)?$/;

function addSection(files: Map<string, Setting>, file: string, text: string, program: string): void {
  const odd = text.split(/\r?\n/).findIndex((line) => !meaning.test(line));
  if (odd !== -1)
    throw new ConfigurationError(
      `line ${odd + 1} of ${file} is neither a [section] nor a setting`,
      'Write it as name = value, or begin it with #.',
    );
  for (const [section, entries] of Object.entries(parse(text))) {
    if (section !== program && `piw-${section}` !== program) continue;
    if (!isMap(entries)) continue;
    for (const [key, value] of Object.entries(entries))
      files.set(key.replaceAll('_', '-'), { value, origin: `${file}, [${section}] ${key}` });
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readVariable(env: NodeJS.ProcessEnv, option: string): Setting | undefined {
  const name = `PIW_${option.replace(/[A-Z]/g, '-$&').replaceAll('-', '_').toUpperCase()}`;
  const value = env[name];
  return value ? { value, origin: `$${name}` } : undefined;
}
