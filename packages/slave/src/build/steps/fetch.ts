import { rename } from 'node:fs/promises';
import path from 'node:path';
import { plainly } from '@piw/host/pip/network-trouble';
import { PipError } from '@piw/host/pip/pip-error';
import { publicUrl } from '@piw/host/pip/public-url';
import { formatSize } from '@piw/host/size';
import type { ProjectFile, ProjectListing } from '@piw/wheel/index-reply';
import { admitsPython } from '@piw/wheel/requires-python';
import { fitsAnyPlatform } from '@piw/wheel/tag';
import { sameVersion } from '@piw/wheel/version';
import { parseWheelName } from '@piw/wheel/wheel-name';
import { type Attempt, room } from '../attempt.ts';
import { BadArchive } from '../bad-archive.ts';
import { fault } from '../build-fault.ts';
import { findListings, findSdist } from '../find-sdist.ts';
import { unpackSdist } from '../sdist-archive.ts';
import type { Source } from '../source.ts';
import type { StepEnd } from '../step-ledger.ts';

const archiveBytes = 4 * 2 ** 30;
const unpackedBytes = 16 * 2 ** 30;
const entries = 500_000;
/** 1980-01-01, the first day that a zip can tell. */
const firstZipDayS = 315_532_800;

/** Finds the source distribution through the index, fetches it, checks its hash, and unpacks it. Runs nothing of it. */
export async function fetchSource(attempt: Attempt): Promise<StepEnd<Source>> {
  const { order, world, pip, settings } = attempt;
  const listings = await findListings(pip, settings, order.package);
  const file = findSdist(listings, order.package, order.version);
  world.log.write(`${publicUrl(file.url)}\n`);
  if (!admitsPython(file.requiresPython, world.interpreter.python))
    throw fault(
      'failure',
      'python-excluded',
      file.requiresPython,
      `${order.package} ${order.version} needs Python ${file.requiresPython}, and this is ${world.interpreter.python}.`,
    );

  const archive = await download(attempt, file);
  const bounds = { totalBytes: order.limits.diskBytes ?? unpackedBytes, entries };
  const unpacked = await unpackSdist(
    archive,
    room(attempt, 'source', '/source').host,
    bounds,
    world.interpreter.executable,
  ).catch(badSdist);
  const times = [unpacked.newestMs, order.uploadedMs ?? Date.parse(String(file.uploadedAt))].filter((ms) => ms > 0);
  const source: Source = {
    root: unpacked.root,
    epochS: Math.max(firstZipDayS, Math.floor(Math.min(...times, world.now()) / 1000)),
    upstream: upstreamWheels(attempt, listings),
  };
  return { result: source, note: file.filename };
}

/** The archive on disk, its bytes those that the index promises. */
async function download({ pip, world, order }: Attempt, file: ProjectFile): Promise<string> {
  const where = new URL(file.url).host;
  const partial = path.join(world.dir, 'download');
  const limit = Math.min(file.sizeBytes ?? archiveBytes, archiveBytes);
  const got = await pip.download(file.url, partial, ['sha256'], limit).catch((error: unknown) => {
    if (!(error instanceof PipError) || error.kind === 'Ended') throw error;
    throw fault(
      'transient',
      'transfer-broken',
      where,
      `${file.filename} could not be fetched: ${plainly(error.message)}.`,
    );
  });
  if (got.status !== 200)
    throw fault(
      'transient',
      'index-unreachable',
      where,
      `The index lists ${file.filename}, but answers ${got.status} when asked for it.`,
    );
  if (file.sha256 !== null && got.hashes['sha256'] !== file.sha256)
    throw fault(
      'transient',
      'transfer-broken',
      where,
      `${file.filename} came with another hash than the index promises.`,
    );
  const archive = path.join(world.dir, path.basename(file.filename));
  await rename(partial, archive);
  world.log.write(
    `sha256 ${got.hashes['sha256']}${file.sizeBytes === null ? '' : `, ${formatSize(file.sizeBytes)}`} for ${order.package} ${order.version}\n`,
  );
  return archive;
}

function badSdist(error: unknown): never {
  if (error instanceof BadArchive)
    throw fault('failure', 'bad-sdist', null, `The source distribution is bad: ${error.message}`);
  throw error;
}

function upstreamWheels({ order }: Attempt, listings: readonly ProjectListing[]): Source['upstream'] {
  const wheels = listings
    .flatMap(({ files }) => files.map(({ filename }) => parseWheelName(filename)))
    .filter((wheel) => wheel?.name === order.package && sameVersion(wheel.version, order.version));
  const pure = wheels.filter((wheel) => wheel?.tags.some(fitsAnyPlatform));
  return { pure: pure.length > 0, platform: pure.length < wheels.length };
}
