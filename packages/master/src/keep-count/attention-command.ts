import { spawn } from 'node:child_process';
import type { Notice } from '@piw/db/attention-told';

/** A hook that hangs must not hold up the next one, in milliseconds; nor fill the log, in bytes. */
const limitMs = 60_000;
const outputBytes = 4000;

/** What became of a command: its exit code or what ended it, and the beginning of what it printed. */
export interface CommandEnd {
  readonly ended: string;
  readonly output: string;
}

/**
 * Runs an operator's command for a notice: the shell's line is the operator's own, what it is about comes in PIW_ATTENTION_*
 * variables and as JSON on standard input, never in the line. Never rejects.
 */
export function runAttentionCommand(line: string, notice: Notice, signal: AbortSignal): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const { state, kind, subject, text, remedy } = notice;
    const about = { STATE: state, KIND: kind, SUBJECT: subject, TEXT: text, REMEDY: remedy };
    const variables = Object.entries(about).map(([name, value]) => [`PIW_ATTENTION_${name}`, plain(value)]);
    const env = { ...process.env, ...Object.fromEntries(variables) } as NodeJS.ProcessEnv;
    const child = spawn('/bin/sh', ['-c', line], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    const hear = (bytes: Buffer) => {
      if (output.length < outputBytes) output = (output + bytes.toString()).slice(0, outputBytes);
    };
    const kill = () => {
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const timer = setTimeout(kill, limitMs);
    signal.addEventListener('abort', kill, { once: true });
    const end = (ended: string) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      resolve({ ended, output: output.trim() });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.stdin.on('error', () => undefined); // a command need not read what it is about
    child.stdin.end(`${JSON.stringify(notice)}\n`);
    child.on('error', ({ message }) => end(message));
    child.on('close', (code, by) => end(code === null ? `ended by ${by ?? 'a signal'}` : `exit ${code}`));
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has gone by itself
  }
}

/** A variable ends at the first zero byte, and Node refuses to pass one. */
const plain = (text: string): string => text.replaceAll('\0', '');
