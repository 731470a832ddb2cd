import { Refusal } from '@piw/host/operator-error';
import { findProgram, programsNamed } from '../toolchains/find-program.ts';
import { bubblewrap } from './bubblewrap.ts';
import { LastWill } from './last-will.ts';
import { noSandbox } from './no-sandbox.ts';
import { type Sandbox, SandboxError } from './sandbox.ts';
import { namespaceFacts, sandboxRemedy } from './sandbox-remedy.ts';
import { isInSystemView } from './system-view.ts';
import { unshare } from './unshare.ts';

/** What `--sandbox` accepts. */
export const sandboxWishes = ['auto', 'bubblewrap', 'unshare', 'none'] as const;

export type SandboxWish = (typeof sandboxWishes)[number];

/**
 * The sandbox that is wished for, tried out: `auto` is bubblewrap, else unshare, and never none.
 * @throws Refusal that says why none works here and what to do about it.
 */
export async function chooseSandbox(wish: SandboxWish, path: string): Promise<Sandbox> {
  const [prlimit = null, setsid = null] = ['prlimit', 'setsid'].map((name) =>
    programsNamed(name, path).find(isInSystemView),
  );
  if (wish === 'none') return noSandbox(prlimit, await namespaceProgram(prlimit, path));
  const bwrap = findProgram('bwrap', path);
  const will = new LastWill();
  const drivers = {
    bubblewrap: bwrap === null ? null : bubblewrap(bwrap, { prlimit, setsid }, will),
    unshare: unshare(prlimit, will),
  };
  const reasons: string[] = [];
  for (const name of wish === 'auto' ? (['bubblewrap', 'unshare'] as const) : [wish]) {
    const sandbox = drivers[name];
    const reason = sandbox === null ? 'is not installed' : await whyNot(sandbox);
    if (sandbox !== null && reason === null) return sandbox;
    reasons.push(`${name} ${reason ?? ''}`);
  }
  const facts = await namespaceFacts(bwrap !== null);
  throw new Refusal(`No sandbox works here: ${reasons.join('; ')}.`, sandboxRemedy(facts));
}

/** `unshare`, where even without a sandbox it can give a process namespace. */
async function namespaceProgram(prlimit: string | null, path: string): Promise<string | null> {
  const program = findProgram('unshare', path);
  return program !== null && (await whyNot(noSandbox(prlimit, program))) === null ? program : null;
}

const trialCode = 42;

/** Really runs a command; null where it works. */
async function whyNot(sandbox: Sandbox): Promise<string | null> {
  try {
    const ended = await sandbox.run({
      command: ['/bin/sh', '-c', `exit ${trialCode}`],
      cwd: '/tmp',
      env: { PATH: '/usr/bin:/bin' },
      binds: [],
      network: false,
      limits: { memoryBytes: null, timeoutMs: 10_000, diskBytes: null, processes: null, outputBytes: 4096 },
      onOutput: () => undefined,
      signal: new AbortController().signal,
    });
    return ended.end === 'exited' && ended.code === trialCode ? null : 'does not run commands';
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return `fails (${error.message.replace(/\s+/g, ' ')})`;
  }
}
