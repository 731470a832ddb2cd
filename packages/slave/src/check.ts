import { OperatorError } from '@piw/host/operator-error';
import { startPip } from '@piw/host/pip/pip-server';
import { publicUrl } from '@piw/host/pip/public-url';
import { readVitals, type Vitals } from '@piw/host/vitals';
import { type PackageManager, packageManager } from './distribution/distribution.ts';
import { type FoundInterpreters, findInterpreters } from './interpreters/find-interpreters.ts';
import { chooseSandbox, type SandboxWish } from './sandbox/choose-sandbox.ts';
import { noSandbox } from './sandbox/no-sandbox.ts';
import type { Sandbox, SandboxName } from './sandbox/sandbox.ts';
import { findToolchains } from './toolchains/find-toolchains.ts';
import type { Tool } from './toolchains/toolchains.ts';

/** What to check: a slave's own settings, and its PATH and home. */
export interface MachineCheck {
  readonly wish: SandboxWish;
  readonly wanted: readonly string[];
  /** Where builds would work. */
  readonly dir: string;
  readonly path: string;
  readonly home: string;
  readonly signal: AbortSignal;
}

/** What a machine can build, and what it lacks for the rest. */
export interface MachineReport {
  readonly sandbox: { readonly name: SandboxName } | { readonly message: string; readonly remedy: string };
  readonly interpreters: FoundInterpreters;
  readonly tools: readonly Tool[];
  readonly manager: PackageManager | null;
  /** The indexes that pip is configured with, without their passwords; null where there is no pip to ask. */
  readonly indexUrls: readonly string[] | null;
  readonly dir: string;
  readonly vitals: Vitals;
}

/** Looks at everything that builds need. Without a sandbox the interpreters are tried without one, so that the rest is told at once. */
export async function checkMachine({ wish, wanted, dir, path, home, signal }: MachineCheck): Promise<MachineReport> {
  const [sandbox, toolchains] = await Promise.all([sandboxOrWhyNot(wish, path), findToolchains(path, home)]);
  const trialSandbox = 'run' in sandbox ? sandbox : noSandbox(null, null);
  const interpreters = await findInterpreters({ path, home, wanted, sandbox: trialSandbox, toolchains, signal });
  return {
    sandbox: 'run' in sandbox ? { name: sandbox.name } : sandbox,
    interpreters,
    tools: toolchains.tools,
    manager: await packageManager(),
    indexUrls: await configuredIndexes(interpreters, signal),
    dir,
    vitals: await readVitals(dir),
  };
}

/** Whether a slave could start here. */
export const canBuild = ({ sandbox, interpreters }: MachineReport): boolean =>
  'name' in sandbox && interpreters.usable.length > 0;

async function sandboxOrWhyNot(
  wish: SandboxWish,
  path: string,
): Promise<Sandbox | { message: string; remedy: string }> {
  try {
    return await chooseSandbox(wish, path);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { message: error.message, remedy: error.remedy };
  }
}

async function configuredIndexes(
  { usable: [first] }: FoundInterpreters,
  signal: AbortSignal,
): Promise<string[] | null> {
  if (first === undefined) return null;
  const pip = startPip(first.executable, () => undefined, signal);
  try {
    return (await pip.open([])).indexUrls.map(publicUrl);
  } catch {
    signal.throwIfAborted();
    return null; // a pip that can't tell is found out by the first build, in its log
  } finally {
    await pip.close();
  }
}
