import { pythonScript } from '../build/python-script.ts';
import type { Bind, Sandbox } from '../sandbox/sandbox.ts';
import type { Toolchains } from '../toolchains/toolchains.ts';

const script = pythonScript('extend.py');
const compilerMissing = 3;

/** Why it didn't work: the compiler that wasn't there, or else the last words of whatever failed. */
export interface FailedTrial {
  readonly works: false;
  readonly missingCompiler: string | null;
  readonly said: string;
}

/** Compiles a one-line extension for a Python in the sandbox and imports it there: nothing less shows that it can build. */
export async function tryExtension(
  python: { readonly executable: string; readonly paths: readonly string[] },
  { sandbox, toolchains, signal }: { sandbox: Sandbox; toolchains: Toolchains; signal: AbortSignal },
): Promise<{ readonly works: true } | FailedTrial> {
  let output = '';
  const end = await sandbox.run({
    command: [python.executable, '-E', '-s', script],
    cwd: '/tmp',
    env: { PATH: toolchains.path.join(':'), HOME: '/home/build' },
    binds: [...new Set([...python.paths, ...toolchains.paths, script])].map(readOnly),
    network: false,
    limits: { memoryBytes: null, timeoutMs: 60_000, diskBytes: null, processes: null, outputBytes: 100_000 },
    onOutput: (chunk) => (output += chunk.toString()),
    signal,
  });
  signal.throwIfAborted();
  const said = output.trim().split('\n').at(-1) || end.end;
  if (end.end !== 'exited') return { works: false, missingCompiler: null, said };
  if (end.code === 0) return { works: true };
  return { works: false, missingCompiler: end.code === compilerMissing ? said : null, said };
}

const readOnly = (path: string): Bind => ({ from: path, to: path, writable: false });
