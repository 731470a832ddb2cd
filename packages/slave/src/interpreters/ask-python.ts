import { execa } from 'execa';
import { pythonScript } from '../build/python-script.ts';
import { type PythonFacts, pythonFacts } from './python-facts.ts';

const probe = pythonScript('probe.py');
const patienceMs = 10_000;

/** What a program that may be a Python tells of itself, or why it tells nothing, in the last words that it said. */
export async function askPython(path: string, signal: AbortSignal): Promise<PythonFacts | { silent: string }> {
  const { stdout, stderr, failed, shortMessage, code } = await execa(path, ['-E', '-s', probe], {
    reject: false,
    timeout: patienceMs,
    maxBuffer: 2_000_000,
    stdin: 'ignore',
    cwd: '/',
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  const facts = pythonFacts.safeParse(parsed(stdout));
  if (!failed && facts.success) return facts.data;
  return { silent: code === 'ENOENT' ? 'there is no such program' : lastLine(stderr) || lastLine(shortMessage) };
}

const lastLine = (text: string | undefined): string => text?.trim().split('\n').at(-1) ?? '';

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
