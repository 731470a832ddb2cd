import { openPool } from '@piw/db/connect';
import { nameFarm } from '@piw/db/farm';
import type { Context } from '@piw/host/command';
import { makeFolder } from '@piw/host/make-folder';
import { Refusal } from '@piw/host/operator-error';
import { runTasks, type Task } from '@piw/host/run-tasks';
import { feedWatchdog, notify } from '@piw/host/systemd';
import { withFullStop } from '@piw/host/with-full-stop';
import type { Gatehouse } from '@piw/wire/keys/gatehouse';
import { type Activity, becomeActive } from './become-active.ts';
import { openBulletin } from './bulletin.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { rereadKeys } from './let-in/follow-keys.ts';
import { openGatehouse } from './let-in/open-gatehouse.ts';
import type { MasterOptions } from './options.ts';
import { OutputDisk } from './output-disk.ts';
import { pathsOf } from './paths.ts';
import type { Premises } from './premises.ts';

/** Opens the sockets of all tasks, so that what can't be opened is known before anything runs. */
export type OpenTasks = (premises: Premises) => Promise<Readonly<Record<string, Task>>>;

/** What a master has of its process. */
export type MasterContext = Pick<Context, 'log' | 'signal' | 'env'>;

/** How many connections to the database the tasks share, and those who only look; how long one look may take there, in milliseconds. */
const [connections, readingConnections, lookMs] = [10, 3, 20_000];

/** Becomes the active master, however long that takes, and runs all tasks until it is stopped; slaves keep their work. */
export async function runMaster(
  options: MasterOptions,
  { log, signal, env }: MasterContext,
  openTasks: OpenTasks,
): Promise<void> {
  const onLost = (error: Error) => log.debug(`a connection to the database broke: ${error.message}`);
  const settings = { applicationName: 'piw-master', onLost };
  const pool = openPool(options.dsn, { ...settings, max: connections });
  const readingPool = openPool(options.dsn, { ...settings, max: readingConnections, statementTimeoutMs: lookMs });
  let activity: Activity | undefined;
  let gatehouse: Gatehouse | null = null;
  try {
    await makeFolders(options.outputPath);
    gatehouse = await openGatehouse(options.keys, log);
    activity = await becomeActive({ pool, log, everyMs: options.periods.standbyMs }, signal);
    const ordered = new AbortController();
    const premises = await settleIn(options, {
      pool,
      readingPool,
      log,
      gatehouse,
      activity,
      stop: () => ordered.abort(),
    });
    await rereadKeys(premises);
    const tasks = await openTasks(premises);
    await giveBackMemory();
    log.info(`active, in epoch ${premises.epoch}; slaves are heard on ${options.slaveQueue}`);
    await notify('READY=1', env);
    const all = {
      ...tasks,
      activity: (until: AbortSignal) => activity!.keep(until),
      disk: (until: AbortSignal) => premises.disk.watch(until),
      watchdog: feedWatchdog(env),
    };
    await runTasks(all, AbortSignal.any([signal, ordered.signal]), log);
    log.info('stopped; slaves keep their work');
  } catch (error) {
    if (!isStop(error, signal)) throw error;
  } finally {
    activity?.resign();
    gatehouse?.close();
    await Promise.all([pool.end(), readingPool.end()]);
  }
}

interface Settling extends Pick<Premises, 'pool' | 'readingPool' | 'log' | 'gatehouse'> {
  readonly activity: Activity;
  readonly stop: () => void;
}

async function settleIn(
  options: MasterOptions,
  { pool, readingPool, log, gatehouse, activity, stop }: Settling,
): Promise<Premises> {
  await nameFarm(pool, options.name);
  const place = { log, options, bulletin: openBulletin(), now: Date.now };
  const disk = new OutputDisk(place);
  await disk.look();
  return {
    ...{ ...place, pool, readingPool, disk, gatehouse, epoch: activity.epoch, paths: pathsOf(options.outputPath) },
    startedMs: Date.now(),
    stop: (why) => {
      log.info(`stopping: ${why}`);
      stop();
    },
  };
}

async function makeFolders(output: string): Promise<void> {
  const { packages, logs, runningLogs } = pathsOf(output);
  try {
    for (const folder of [packages, logs, runningLogs]) await makeFolder(folder);
  } catch (cause) {
    throw new Refusal(
      withFullStop(`The output folder ${output} can't be written: ${(cause as Error).message}`),
      'Give another with --output-path, or make it writable for this user.',
      { cause },
    );
  }
}

/** Whoever stops a master that waits gets what they wanted. */
const isStop = (error: unknown, { aborted, reason }: AbortSignal): boolean =>
  aborted && (error === reason || (error instanceof Error && error.name === 'AbortError'));
