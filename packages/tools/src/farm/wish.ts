import type { Version } from '@piw/wheel/version';
import { ControlError } from '@piw/wire/control-error';
import type { House } from './house.ts';
import type { Wish } from './wishes.ts';

/** Looking a package up may wait for a slow index. */
const patienceMs = 120_000;

/** Asks the master for it; the version that it will be, or the master's refusal as one line. */
export async function wish(
  { package: name, version }: Wish,
  { control, signal }: Pick<House, 'control' | 'signal'>,
): Promise<{ readonly version: Version } | string> {
  try {
    const added = await control.ask('ADD', { package: name, version, all: false }, { timeoutMs: patienceMs, signal });
    return added.versions[0] ?? `${name} has no version to build.`;
  } catch (error) {
    if (error instanceof ControlError) return `${error.message} ${error.remedy}`;
    throw error;
  }
}
