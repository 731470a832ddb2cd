import type { Program } from './command.ts';
import { runProgram } from './program.ts';

/** What may be set for a run in a test. */
export interface CapturedSurroundings {
  readonly env?: NodeJS.ProcessEnv;
  /** In the place of the standard configuration files. */
  readonly files?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Runs a program inside a test, with nothing of the test's own process, and tells what its user would have seen. */
export async function capturedRun(
  program: Program,
  argv: readonly string[],
  { env = {}, files = [], signal = new AbortController().signal }: CapturedSurroundings = {},
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runProgram(program, argv, {
    env,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    delivered: () => Promise.resolve(),
    configurationFiles: files,
    attend: () => ({ signal, urgent: new AbortController().signal, dispose: () => undefined }),
  });
  return { code, out, err };
}
