import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '@piw/host/log';
import { onTestFinished } from 'vitest';
import { openBulletin } from '../bulletin.ts';
import { type MasterOptions, type Periods, usualPeriods } from '../options.ts';
import { pathsOf } from '../paths.ts';
import type { Premises } from '../premises.ts';
import { TestDisk } from './test-disk.ts';

/** Premises of a test: a folder that goes with it, a log that can be read, and queues on free ports. */
export interface TestPremises extends Premises {
  readonly disk: TestDisk;
  /** What was logged, a line each. */
  told(): string;
}

/** What a test wants otherwise. */
export interface Wanted {
  readonly options?: Partial<MasterOptions>;
  readonly periods?: Partial<Periods>;
  /** An output folder that is there already, as for a second master. */
  readonly output?: string;
}

/** Makes premises on a database for the test that runs. */
export function testPremises(
  pool: Premises['pool'],
  { options = {}, periods = {}, output }: Wanted = {},
): TestPremises {
  const lines: string[] = [];
  const outputPath = output ?? newFolder();
  const place = {
    log: openLog({ console: { write: (line: string) => lines.push(line) }, level: 'info' }).logger,
    now: Date.now,
    bulletin: openBulletin(),
    options: { ...usualOptions(outputPath), periods: { ...usualPeriods, ...periods }, ...options },
  };
  return {
    ...place,
    pool,
    readingPool: pool,
    epoch: 1,
    startedMs: Date.now(),
    disk: new TestDisk(place),
    paths: pathsOf(outputPath),
    gatehouse: null,
    stop: () => undefined,
    told: () => lines.join(''),
  };
}

/** A folder that goes when the test is over. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piw-master-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function usualOptions(outputPath: string): Omit<MasterOptions, 'periods'> {
  const free = 'tcp://127.0.0.1:0';
  return {
    dsn: '',
    name: 'test farm',
    outputPath,
    minFreeBytes: 2 ** 30,
    runDir: outputPath,
    slaveQueue: free,
    fileQueue: free,
    statusQueues: [free],
    controlQueues: [free],
    keys: null,
    siteUrl: null,
    indexUrl: null,
    upstream: 'ignore',
    acceptTargets: false,
    attention: { command: null, mail: null },
  };
}
