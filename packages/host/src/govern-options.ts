import type { Argv, Options } from 'yargs';
import { UsageError } from './operator-error.ts';
import { settingValue } from './setting-value.ts';
import { ConfigurationError, type Setting, type Settings } from './settings.ts';

/** What is learned while a program declares its options. */
export interface Governed {
  readonly options: Set<string>;
  /** Values of files and variables that make no sense; told unless only help was wanted. */
  readonly problems: ConfigurationError[];
}

/** The two doors through which yargs hears of options. */
interface Declarations {
  option: (key: string | Record<string, Options>, definition?: Options) => unknown;
  positional: (key: string, definition?: Options) => unknown;
}

/**
 * From here on each declared option takes its default from files and variables, takes the last of several values
 * unless it is a list, and names itself when its value makes no sense. `help` is what the user should call then.
 */
export function governOptions(yargs: Argv, settings: Settings, help: string): Governed {
  const governed: Governed = { options: new Set(), problems: [] };
  const positionals = new Map<string, Options>();
  const declarations = yargs as unknown as Declarations;
  const { option, positional } = declarations;
  declarations.positional = (key, definition = {}) => {
    positionals.set(key, definition);
    return positional.call(yargs, key, definition);
  };
  declarations.option = (key, definition = {}) => {
    if (typeof key !== 'string') {
      for (const [each, its] of Object.entries(key)) declarations.option(each, its);
      return yargs;
    }
    const declared = positionals.get(key);
    // yargs forgets that a positional of a program's own command ("$0 [package..]") is a list.
    if (declared) return option.call(yargs, key, checked(asDeclared(definition, declared), key.toUpperCase(), help));
    governed.options.add(key);
    return option.call(yargs, key, withSetting(key, definition, settings, governed, help));
  };
  return governed;
}

const asDeclared = (definition: Options, { array }: Options): Options =>
  array === undefined ? definition : { ...definition, array };

function withSetting(
  key: string,
  definition: Options,
  settings: Settings,
  { problems }: Governed,
  help: string,
): Options {
  const setting = settings.variable(key) ?? settings.files.get(key);
  const valued = takesValue(definition) ? { ...definition, requiresArg: true } : definition;
  const flag = checked(valued, `--${key}`, help);
  if (setting === undefined) return flag;
  try {
    const value = settingValue(definition, setting.value);
    const ofSetting = checked(valued, setting.origin, help).coerce!;
    ofSetting(value);
    return {
      ...flag,
      default: value,
      defaultDescription: `as set by ${setting.origin}`,
      coerce: (given: unknown) => (given === value ? ofSetting(given) : flag.coerce!(given)) as unknown,
    };
  } catch (error) {
    problems.push(nonsense(setting, error));
    return flag;
  }
}

const takesValue = ({ type, boolean, count }: Options): boolean =>
  boolean !== true && count !== true && type !== 'boolean' && type !== 'count';

const nonsense = ({ origin }: Setting, error: unknown): ConfigurationError =>
  new ConfigurationError(
    error instanceof UsageError ? error.message : `${origin}: ${(error as Error).message}`,
    'Put it right or take it out.',
  );

function checked(definition: Options, name: string, help: string): Options {
  return {
    ...definition,
    coerce: (given: unknown): unknown => {
      const value = Array.isArray(given) && !isList(definition) ? (given.at(-1) as unknown) : given;
      if (value === undefined) return undefined;
      const mistake = mistakeIn(definition, value);
      if (mistake !== undefined) throw new UsageError(`${name}: ${mistake}`, help);
      try {
        return definition.coerce === undefined ? value : (definition.coerce(value) as unknown);
      } catch (error) {
        throw new UsageError(`${name}: ${(error as Error).message}`, help);
      }
    },
  };
}

const isList = ({ type, array }: Options): boolean => array === true || type === 'array';

function mistakeIn({ type, number, choices }: Options, value: unknown): string | undefined {
  if ((type === 'number' || number === true) && Number.isNaN(value)) return 'a number is needed';
  if (choices === undefined) return undefined;
  const wrong = ([value].flat() as (string | number)[]).find((one) => !choices.includes(one));
  return wrong === undefined ? undefined : `"${String(wrong)}" is none of ${choices.join(', ')}`;
}
