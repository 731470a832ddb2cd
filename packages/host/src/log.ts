import { closeSync, openSync, writeSync } from 'node:fs';
import { type Logger, multistream, pino } from 'pino';
import { formatLogLine, type LineStyle } from './log-line.ts';
import { Refusal } from './operator-error.ts';

export type { Logger } from 'pino';

/** From few lines to many. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where a log goes, and how much of it. */
export interface LogOptions {
  readonly console: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly level: LogLevel;
  /** Also appended to this file, from `info` on, or from `debug` on where the console shows that. */
  readonly file?: string | undefined;
  /** Standard error goes to systemd's journal. */
  readonly journal?: boolean;
}

/** A log that is written line by line as it comes, so that nothing of it is lost when the program dies. */
export interface Log {
  readonly logger: Logger;
  /** What was already told on the console, for the file alone. */
  readonly fileOnly: Logger;
  readonly close: () => void;
}

/** Opens the log; a file that can't be written is a Refusal. Children (`logger.child({ name })`) put their name first. */
export function openLog({ console, level, file, journal = false }: LogOptions): Log {
  const stacks = level === 'debug';
  const style: LineStyle = journal ? 'journal' : console.isTTY ? 'colour' : 'plain';
  const streams = [
    { level, stream: { write: (json: string) => void console.write(formatLogLine(json, style, stacks)) } },
  ];
  if (file === undefined)
    return { logger: openPino(streams), fileOnly: pino({ level: 'silent' }), close: () => undefined };
  const fd = openForAppending(file);
  const toFile = {
    level: stacks ? ('debug' as const) : ('info' as const),
    stream: { write: (json: string) => append(fd, formatLogLine(json, 'plain', true)) },
  };
  return { logger: openPino([...streams, toFile]), fileOnly: openPino([toFile]), close: () => closeSync(fd) };
}

interface LevelledStream {
  readonly level: LogLevel;
  readonly stream: { write(json: string): void };
}

const openPino = (streams: LevelledStream[]): Logger =>
  pino(
    { level: logLevels.findLast((some) => streams.some(({ level }) => level === some))!, base: null },
    multistream(streams),
  );

/** A full disk must not end a program that could go on without its log. */
function append(fd: number, line: string): void {
  try {
    writeSync(fd, line);
  } catch {
    // There is nowhere to say so but the console, which has the line already.
  }
}

function openForAppending(file: string): number {
  try {
    return openSync(file, 'a', 0o640);
  } catch (cause) {
    throw new Refusal(
      `The log file ${file} can't be written: ${(cause as Error).message}.`,
      'Give another with --log-file, or make its folder.',
      { cause },
    );
  }
}
