import { type Typing, typingOf, withCommandsAsTyped } from './as-typed.ts';
import { contextOf, type Program, type Work } from './command.ts';
import { type CommonOptions, consoleLevel } from './common-options.ts';
import { type Log, openLog } from './log.ts';
import { oneLine } from './log-line.ts';
import { asOperatorError } from './operator-error.ts';
import { parseArguments } from './parse-arguments.ts';
import { ShutdownRequest } from './shutdown.ts';
import type { Surroundings } from './surroundings.ts';

/** Parses, opens the log, attends to signals, works, and tells how it ended; resolves to the exit code. */
export async function performProgram(
  program: Program,
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const typing = typingOf(program.name, argv, surroundings.env);
  const tell = teller(program.name, { ...surroundings, typing }, argv.includes('--debug'));
  try {
    const parsed = parseArguments(program, argv, surroundings);
    if (!('show' in parsed)) return await perform(program, parsed, { ...surroundings, typing }, tell);
    surroundings.stdout.write(`${parsed.show}\n`);
    await surroundings.delivered();
    return 0;
  } catch (error) {
    return tell(error);
  }
}

interface Typed {
  readonly typing: Typing;
}

/** Says an error in one line, and returns the exit code that goes with it. */
type Tell = (error: unknown, log?: Log) => number;

interface Job {
  readonly work: Work;
  readonly common: CommonOptions;
  readonly unreadable: readonly string[];
}

async function perform(program: Program, job: Job, surroundings: Surroundings & Typed, tell: Tell): Promise<number> {
  const { work, common, unreadable } = job;
  const { stderr, env } = surroundings;
  const log = openLog({
    console: stderr,
    level: consoleLevel(program.level, common),
    file: common['log-file'],
    journal: env['JOURNAL_STREAM'] !== undefined && stderr.isTTY !== true,
  });
  for (const file of unreadable) log.logger.warn(`${file} may not be read; going on without it`);
  const attention = surroundings.attend((error) => void tell(error, log));
  try {
    const code = await work(contextOf(surroundings, log.logger, attention));
    await surroundings.delivered();
    return typeof code === 'number' ? code : 0;
  } catch (error) {
    return tell(reasonOf(error, attention.signal), log);
  } finally {
    attention.dispose();
    log.close();
  }
}

/** Whatever fails because it was aborted failed for the reason of the abortion. */
const reasonOf = (error: unknown, signal: AbortSignal): unknown =>
  signal.aborted && error instanceof Error && error.name === 'AbortError' ? (signal.reason as unknown) : error;

const teller =
  (name: string, { stderr, typing }: Pick<Surroundings, 'stderr'> & Typed, debug: boolean): Tell =>
  (error, log) => {
    const say = (line: string): void => {
      stderr.write(`${name}: ${line}\n`);
      log?.fileOnly.error(line);
    };
    const fixable = asOperatorError(error);
    if (fixable) {
      say(oneLine(withCommandsAsTyped(`${sentence(fixable.message)} ${fixable.remedy}`, typing)));
      return fixable.exitCode;
    }
    if (error instanceof ShutdownRequest) {
      if (error.by !== 'SIGPIPE') say(sentence(error.message));
      return 1;
    }
    log?.fileOnly.error({ err: error }, 'ended by a bug');
    if (debug) stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    else say(`${sentence(oneLine(String(error)))} This is a fault of the program; --debug shows where.`);
    return 1;
  };

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);
