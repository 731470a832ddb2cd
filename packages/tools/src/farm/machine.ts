import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Refusal } from '@piw/host/operator-error';
import { target, targetName } from '@piw/wheel/target';
import { execa } from 'execa';
import { z } from 'zod';
import type { FarmOptions } from './options.ts';
import { checkArguments } from './orders.ts';

const bin = new URL('../../../slave/bin/piw-slave.js', import.meta.url);

/** As `piw-slave --check --json` tells it. */
const report = z.object({
  canBuild: z.boolean(),
  sandbox: z.union([z.object({ name: z.string() }), z.object({ message: z.string(), remedy: z.string() })]),
  interpreters: z.object({
    usable: z.array(z.object({ executable: z.string(), python: z.string(), target })),
    unusable: z.array(z.object({ path: z.string(), why: z.string(), remedy: z.string() })),
  }),
});

export type Machine = z.output<typeof report>;

/** Asks the slave's own check what can be built here; of a farm that stays, pip need not wait for that. */
export async function checkMachine(options: FarmOptions, signal: AbortSignal): Promise<Machine> {
  const args = [fileURLToPath(bin), ...checkArguments(options)];
  const check = execa(process.execPath, args, { reject: false, cancelSignal: signal });
  if (check.pid !== undefined && !options.once) setPriority(check.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const { stdout, stderr } = await check;
  signal.throwIfAborted();
  if (stdout === '') throw new Refusal(stderr.trim().split('\n').at(-1) ?? 'piw-slave --check said nothing.', '');
  return report.parse(JSON.parse(stdout));
}

/**
 * Says which interpreters can build, and what to install for the others. Returns whether there is anything to build with; where
 * there is not, --once throws a Refusal, while a farm that stays goes on serving what it has.
 */
export function tellMachine(
  { canBuild, sandbox, interpreters }: Machine,
  { once }: FarmOptions,
  say: (line: string) => void,
): boolean {
  for (const { target: one, python, executable } of interpreters.usable)
    say(`python ${targetName(one)}  Python ${python}, ${executable}`);
  for (const { path, why, remedy } of interpreters.unusable) say(`no use ${path} ${why}. ${remedy}`);
  if (canBuild) return true;
  const lack = 'message' in sandbox ? sandbox : nothingUsable(interpreters.unusable);
  if (once) throw new Refusal(lack.message, lack.remedy);
  say(`Nothing can be built here. ${lack.message} ${lack.remedy}`);
  return false;
}

function nothingUsable([first]: Machine['interpreters']['unusable']): { message: string; remedy: string } {
  if (first === undefined)
    return {
      message: 'There is no Python on this machine.',
      remedy: 'Install one, with its headers and a C compiler.',
    };
  return { message: `No Python here can build wheels: ${first.path} ${first.why}.`, remedy: first.remedy };
}
