import { endServerNow } from '@piw/db/server/end-server-now';
import { withCommandsAsTyped } from '@piw/host/as-typed';
import type { Context } from '@piw/host/command';
import { openDatabase } from './database.ts';
import { type FarmFolder, openFarmFolder } from './folder.ts';
import { openHouse } from './house.ts';
import { keepOpen } from './keep-open.ts';
import { buildOnce } from './once.ts';
import type { FarmOptions } from './options.ts';
import { Roster } from './roster.ts';

const leftoverPatienceMs = 4_000;

/**
 * Runs a whole farm on this machine until the signal, or, with `once`, until what was wished for is settled. Returns the exit
 * code; nothing of the farm runs any more by then. Throws OperatorErrors for all that a user can put right.
 */
export async function runFarm(options: FarmOptions, context: Context): Promise<number> {
  const folder = await openFarmFolder(options.dir);
  try {
    return await onFolder(folder, options, context);
  } catch (error) {
    if (context.signal.aborted && !options.once) return 0; // whatever that interrupted
    throw error;
  } finally {
    await folder.release();
  }
}

async function onFolder(folder: FarmFolder, options: FarmOptions, context: Context): Promise<number> {
  const roster = new Roster(folder.run);
  const left = await roster.endLeftovers(leftoverPatienceMs);
  // Standard output belongs to the verdicts of --once.
  const write = options.once ? (line: string) => void context.stderr.write(`${line}\n`) : context.print;
  const say = (line: string): void => write(withCommandsAsTyped(line, context.typing));
  if (left > 0) say(`ended ${left} program${left === 1 ? '' : 's'} that an earlier farm had left running`);
  context.urgent.addEventListener('abort', () => {
    roster.kill();
    if (options.dsn === undefined) endServerNow(folder.database);
  });
  const database = openDatabase(folder, options.dsn, say);
  database.catch(() => undefined); // heard by the house, unless something else goes wrong before
  try {
    context.signal.addEventListener('abort', () => say('stopping'), { once: true });
    const house = await openHouse({ folder, options, roster, database, say, signal: context.signal });
    try {
      return options.once ? await buildOnce(options.wishes, house, context) : await keepOpen(options, house);
    } finally {
      await house.close();
    }
  } finally {
    await database.then(
      (open) => open.stop(),
      () => undefined,
    );
  }
}
