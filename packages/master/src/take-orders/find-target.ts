import type { Cells } from '@piw/db/cells';
import type { Queryable } from '@piw/db/queryable';
import { listTargets, type StoredTarget } from '@piw/db/targets';
import { nearest } from '@piw/host/nearest';
import { Refusal } from '@piw/host/operator-error';
import { targetName } from '@piw/wheel/target';
import type { Ask } from '@piw/wire/control-protocol';

/** The farm's target of a name like `cp311-linux_x86_64`; throws a Refusal that knows what was meant. */
export async function findTarget(db: Queryable, name: string): Promise<StoredTarget> {
  const targets = new Map((await listTargets(db)).map((target) => [targetName(target), target]));
  return targets.get(name) ?? refuseTarget(name, targets.keys());
}

function refuseTarget(name: string, known: Iterable<string>): never {
  const meant = nearest(name, known);
  throw new Refusal(
    `There is no target ${name}.${meant === undefined ? '' : ` Is it ${meant}?`}`,
    '"piw-control targets" lists them; one is like cp311-linux_x86_64.',
  );
}

type WhichCells = Ask<'UNSKIP'>;

/** Cells as the database has them; throws a Refusal where there is no such target. */
export async function cellsOf(db: Queryable, { package: name, version, target }: WhichCells): Promise<Cells> {
  return { package: name, version, target: target === null ? null : await findTarget(db, target) };
}

/** `numpy 2.0 for cp311-linux_x86_64`, `numpy`: cells in words. */
export const cellsText = ({ package: name, version, target }: WhichCells): string =>
  [name, ...(version === null ? [] : [version]), ...(target === null ? [] : ['for', target])].join(' ');
