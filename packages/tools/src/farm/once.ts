import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '@piw/host/command';
import { Refusal } from '@piw/host/operator-error';
import type { PackageName } from '@piw/wheel/package-name';
import type { Version } from '@piw/wheel/version';
import type { House } from './house.ts';
import { judge } from './verdict.ts';
import { wish } from './wish.ts';
import type { Wish } from './wishes.ts';

interface Pending {
  readonly package: PackageName;
  readonly version: Version;
}

const lookEveryMs = 1_000;

/**
 * Asks for all of the wishes, waits until each is settled and prints a line for each target as it comes. Returns the exit
 * code: 0 if every target of every wish has a wheel, else 1. Throws a Refusal where nobody is left to build.
 */
export async function buildOnce(
  wishes: readonly Wish[],
  house: House,
  { print, stderr }: Pick<Context, 'print' | 'stderr'>,
): Promise<number> {
  const deserted = nobodyLeft(house);
  deserted.catch(() => undefined); // heard only while there is something to build
  const targets = await Promise.race([house.manned, deserted]);
  const granted = await Promise.all(wishes.map((one) => wish(one, house)));
  const refused = granted.filter((answer) => typeof answer === 'string');
  for (const line of refused) stderr.write(`${line}\n`);
  let pending = wishes.flatMap(({ package: name }, index): Pending[] => {
    const answer = granted[index];
    return typeof answer === 'object' ? [{ package: name, version: answer.version }] : [];
  });
  let allBuilt = refused.length === 0;
  const tell = (lines: readonly string[], built: boolean): void => {
    lines.forEach(print);
    allBuilt &&= built;
  };
  while (pending.length > 0) {
    pending = await stillOpen(pending, house, targets, tell);
    if (pending.length > 0) await somethingNew(house, deserted);
  }
  return allBuilt ? 0 : 1;
}

async function stillOpen(
  pending: readonly Pending[],
  { control, signal }: House,
  targets: ReadonlySet<string>,
  tell: (lines: readonly string[], built: boolean) => void,
): Promise<Pending[]> {
  const verdicts = await Promise.all(
    pending.map(async ({ package: name, version }) =>
      judge(await control.ask('PACKAGE', { package: name }, { signal }), version, targets),
    ),
  );
  return pending.filter((_, index) => {
    const verdict = verdicts[index];
    if (verdict?.phase !== 'settled') return true;
    tell(verdict.lines, verdict.allBuilt);
    return false;
  });
}

/** Waits until there may be something new; throws when there never will be. */
async function somethingNew(house: House, deserted: Promise<never>): Promise<void> {
  const done = new AbortController();
  const signal = AbortSignal.any([house.signal, done.signal]);
  const news = once(house.news, 'board', { signal });
  const aWhile = delay(lookEveryMs, undefined, { signal });
  try {
    await Promise.race([news, aWhile, deserted]);
  } finally {
    done.abort();
  }
}

/** Rejects when those who were to build have gone, or somebody wants the farm to stop. */
const nobodyLeft = ({ ended, deserted, signal }: House): Promise<never> =>
  Promise.race([ended, deserted, untilAborted(signal)]).then(() => {
    throw new Refusal('Nobody is left to build the rest.', 'Start the farm again: it goes on where it was.');
  });

const untilAborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
  signal.throwIfAborted();
};
