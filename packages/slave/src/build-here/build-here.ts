import { Refusal } from '@piw/host/operator-error';
import { PipError } from '@piw/host/pip/pip-error';
import { isListed } from '@piw/wheel/project-listings';
import type { Version } from '@piw/wheel/version';
import { BuildFault } from '../build/build-fault.ts';
import type { BuildEnd, BuildWorld } from '../build/build-order.ts';
import { buildWheel } from '../build/build-wheel.ts';
import { indexes } from '../build/fill-environment.ts';
import { findListings } from '../build/find-sdist.ts';
import { newestSdist } from '../build/newest-sdist.ts';
import type { Wish } from './wish.ts';

/** What a packager says of a build beside its package. */
export interface Manner {
  readonly indexUrl: string | null;
  readonly timeoutMs: number;
}

const logBytes = 64 << 20;

/** Builds what is wished with one interpreter, as a slave would; the version that it was, and how it ended. Throws a Refusal where none suits. */
export async function buildHere(
  wish: Wish,
  manner: Manner,
  world: BuildWorld,
): Promise<BuildEnd & { version: Version }> {
  const version = wish.exact ?? (await newestVersion(wish, manner, world));
  const end = await buildWheel(
    {
      package: wish.requirement.name,
      version,
      target: world.interpreter.target,
      recipe: {},
      limits: { timeoutMs: manner.timeoutMs, memoryBytes: null, diskBytes: null, outputBytes: logBytes },
      indexUrl: manner.indexUrl,
      farmIndexUrl: null,
      buildTag: null,
      uploadedMs: null,
    },
    world,
  );
  return { ...end, version };
}

async function newestVersion({ requirement }: Wish, { indexUrl }: Manner, world: BuildWorld): Promise<Version> {
  const { name, specifier } = requirement;
  const { interpreter, log, signal, dir, pips } = world;
  const pip = pips.take(interpreter.executable, { onOutput: (bytes) => log.write(bytes), signal, tmpDir: dir });
  try {
    const settings = await pip.open(indexes({ indexUrl, farmIndexUrl: null }));
    const listings = await findListings(pip, settings, name);
    const version = newestSdist(listings, requirement, interpreter.python);
    if (version !== undefined) return version;
    if (!isListed(listings, name))
      throw new Refusal(
        `The index has no package ${name}.`,
        'Check how it is spelt, and the index with "pip config list".',
      );
  } catch (error) {
    if (!(error instanceof BuildFault || error instanceof PipError)) throw error;
    throw new Refusal(error.message, 'Check the network, and the index with "pip config list".');
  } finally {
    await pip.close();
  }
  throw new Refusal(
    `The index has no source distribution of ${name}${specifier} for Python ${interpreter.python}.`,
    'Name another version: PACKAGE==VERSION.',
  );
}
