import { openLog } from '@piw/host/log';
import type { BuildPicture } from '@piw/wire/status-protocol';
import { openBulletin } from '../../bulletin.ts';
import { BuildChooser } from '../../choose-builds/build-chooser.ts';
import { type Periods, usualPeriods } from '../../options.ts';
import { pathsOf } from '../../paths.ts';
import type { Premises } from '../../premises.ts';
import { TestDisk } from '../../testing/test-disk.ts';
import { newFolder } from '../../testing/test-premises.ts';
import { SlaveDriver } from '../driver.ts';
import type { FileRoom, LogRoom } from '../world.ts';

/** Short enough for tests to wait for, and each long enough for a busy machine. */
const brisk: Partial<Periods> = { renewMs: 50, sweepMs: 50 };

/** Files that arrive as soon as they are asked for, and are what they were announced as. */
export const obligingFiles: FileRoom = {
  receive: (_, attempt, file) =>
    Promise.resolve({ facts: {} as never, path: `incoming/${attempt}/${file.filename}`, alias: null }),
  forget: () => undefined,
  publish: (_, received) =>
    Promise.resolve(
      received.map(({ file }) => ({
        ...file,
        tags: ['cp311-cp311-linux_x86_64'],
        buildTag: null,
        requiresPython: null,
        metadataSha256: 'f'.repeat(64),
        hasElf: false,
      })),
    ),
};

/** Logs in memory. */
class Logs implements LogRoom {
  readonly kept = new Map<number, Buffer>();

  append(attempt: number, offset: number, bytes: Uint8Array): number {
    const before = this.kept.get(attempt) ?? Buffer.alloc(0);
    const news = offset <= before.length ? bytes.subarray(before.length - offset) : bytes.subarray(0, 0);
    this.kept.set(attempt, Buffer.concat([before, news]));
    return this.length(attempt);
  }

  length = (attempt: number): number => this.kept.get(attempt)?.length ?? 0;
  close = (attempt: number) => Promise.resolve({ logBytes: this.length(attempt) });
  closeIfPossible = () => Promise.resolve();
}

/** A driver and a chooser at work on a database. */
export interface RunningDriver {
  readonly driver: SlaveDriver;
  readonly premises: Premises & { readonly disk: TestDisk };
  readonly logs: Logs;
  /** Attempts that began, or went on after they were lost; attempts that ended, as the bulletin had them. */
  readonly began: BuildPicture[];
  readonly ended: BuildPicture[];
  stop(): Promise<void>;
}

/** What a test may choose. */
interface Options {
  readonly epoch?: number;
  readonly address?: string;
  readonly periods?: Partial<Periods>;
  readonly acceptTargets?: boolean;
  readonly gatehouse?: Premises['gatehouse'];
  readonly files?: FileRoom;
}

/** Starts both; `address` is where slaves dial, by default one that is free. */
export async function startDriver(
  pool: Premises['pool'],
  {
    epoch = 1,
    address = 'tcp://127.0.0.1:0',
    periods = {},
    acceptTargets = false,
    gatehouse = null,
    files = obligingFiles,
  }: Options = {},
): Promise<RunningDriver> {
  const output = newFolder();
  const bulletin = openBulletin();
  const place = {
    log: openLog({ console: { write: () => undefined }, level: 'error' }).logger,
    now: Date.now,
    bulletin,
    options: {
      ...queuesOf(address),
      ...aboutTheFarm(output),
      acceptTargets,
      periods: { ...usualPeriods, ...brisk, ...periods },
    },
  };
  const disk = new TestDisk(place);
  const about = { pool, readingPool: pool, epoch, disk, gatehouse, startedMs: Date.now(), paths: pathsOf(output) };
  const premises = { ...place, ...about, stop: () => undefined };
  const logs = new Logs();
  const driver = await SlaveDriver.open(premises, files, logs);
  const chooser = new BuildChooser(premises, driver);
  const [began, ended]: [BuildPicture[], BuildPicture[]] = [[], []];
  bulletin.on('began', (build) => began.push(build));
  bulletin.on('ended', (build) => ended.push(build));
  const stopping = new AbortController();
  const running = Promise.all([driver.run(stopping.signal), chooser.run(stopping.signal)]);
  const stop = async () => {
    stopping.abort();
    await running;
  };
  return { driver, premises, logs, began, ended, stop };
}

const queuesOf = (slaveQueue: string) => ({
  slaveQueue,
  fileQueue: '',
  statusQueues: [],
  controlQueues: [],
  keys: null,
});

const aboutTheFarm = (outputPath: string) =>
  ({
    dsn: '',
    name: 'test',
    outputPath,
    minFreeBytes: 2 ** 30,
    runDir: outputPath,
    siteUrl: null,
    indexUrl: null,
    upstream: 'ignore',
    attention: { command: null, mail: null },
  }) as const;
