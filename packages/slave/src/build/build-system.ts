import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseRequirement } from '@piw/wheel/requirement';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { fault } from './build-fault.ts';
import { readBounded } from './read-bounded.ts';

/** What a source tree says of how it is built (PEP 517, 518). */
export interface BuildSystem {
  readonly requires: readonly string[];
  /** As an object reference, `package.module:object`. */
  readonly backend: string;
  readonly backendPath: readonly string[];
}

const table = z.object({
  requires: z.array(z.string()),
  'build-backend': z
    .string()
    .regex(/^[\w.]+(?::[\w.]+)?$/, 'build-backend is like package.module:object')
    .optional(),
  'backend-path': z.array(z.string()).optional(),
});

/** Without a build backend of its own a tree is built as setuptools always did (PEP 517, "Source trees"); an old one asks for wheel by itself. */
const legacyBackend = 'setuptools.build_meta:__legacy__';
const legacy: BuildSystem = { requires: ['setuptools>=40.8.0'], backend: legacyBackend, backendPath: [] };

/** The largest in use have some 100 kB. */
const pyprojectBytes = 4 << 20;

/** Reads `[build-system]` of a tree's pyproject.toml; throws a failure where it cannot be followed. */
export async function readBuildSystem(root: string): Promise<BuildSystem> {
  const text = (await readBounded(path.join(root, 'pyproject.toml'), pyprojectBytes)) ?? '';
  const document = parseToml(text);
  if (document['build-system'] === undefined) return await legacyOf(root, text);
  const read = table.safeParse(document['build-system']);
  if (!read.success) throw badSdist(`has a [build-system] that makes no sense: ${z.prettifyError(read.error)}`);
  const { requires, 'build-backend': backend, 'backend-path': backendPath = [] } = read.data;
  if (backendPath.some((entry) => path.isAbsolute(entry) || entry.split('/').includes('..')))
    throw badSdist('has a backend-path that leads out of it');
  checkRequirements(requires);
  return { requires, backend: backend ?? legacyBackend, backendPath };
}

/**
 * Refuses what no index could serve: an option of pip's in disguise, and requirements from a URL, which might be
 * sources whose code pip would run.
 */
export function checkRequirements(requirements: readonly string[]): void {
  for (const text of requirements) {
    const requirement = parseRequirement(text);
    if (requirement === undefined) throw badSdist(`asks for "${text}" to be built, which is no requirement (PEP 508)`);
    if (requirement.url !== null)
      throw fault(
        'failure',
        'missing-requirement',
        requirement.name,
        `It asks for ${requirement.name} from a URL to be built; only what an index serves is had.`,
      );
  }
}

async function legacyOf(root: string, pyproject: string): Promise<BuildSystem> {
  const files = await Promise.allSettled([access(path.join(root, 'setup.py')), access(path.join(root, 'setup.cfg'))]);
  if (pyproject === '' && files.every(({ status }) => status === 'rejected'))
    throw badSdist('has neither pyproject.toml nor setup.py');
  return legacy;
}

function parseToml(text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    throw badSdist(
      `has a pyproject.toml that cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : ''}`,
    );
  }
}

const badSdist = (what: string) => fault('failure', 'bad-sdist', 'pyproject.toml', `The source distribution ${what}.`);
