import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { create } from 'tar';
import { inTreeBackend } from './in-tree-backend.ts';

/** What an sdist of the tests is, and does when it is built. */
export interface SdistPlan {
  readonly name: string;
  readonly version: string;
  /** Files of the tree, by their paths; what lies in `payload/` goes into the wheel. */
  readonly files: Readonly<Record<string, string>>;
  /** `[build-system] requires`. */
  readonly buildRequires: readonly string[];
  /** What `get_requires_for_build_wheel` answers. */
  readonly requires: readonly string[];
  /** Requires-Dist of the wheel. */
  readonly dependencies: readonly string[];
  /** An extension module to compile for CPython from the tree's file of that name. */
  readonly extension: string | null;
  readonly tag: string;
  /** Python that runs in the hooks. */
  readonly whenAsked: string;
  readonly whenBuilding: string;
}

const plain: Omit<SdistPlan, 'name' | 'version'> = {
  files: {},
  buildRequires: [],
  requires: [],
  dependencies: [],
  extension: null,
  tag: 'py3-none-any',
  whenAsked: '',
  whenBuilding: '',
};

/** A `.tar.gz` with a build backend of its own; without a plan it becomes a pure wheel with one module, named as the package. */
export async function makeSdist(plan: Pick<SdistPlan, 'name' | 'version'> & Partial<SdistPlan>): Promise<Buffer> {
  const whole: SdistPlan = { ...plain, ...plan };
  const dir = await mkdtemp(path.join(tmpdir(), 'piw-sdist-'));
  const top = `${whole.name}-${whole.version}`;
  const files = {
    'pyproject.toml': `[build-system]\nrequires = ${JSON.stringify(whole.buildRequires)}\nbuild-backend = "backend"\nbackend-path = ["."]\n`,
    'backend.py': inTreeBackend,
    'plan.json': JSON.stringify(whole),
    [`payload/${whole.name.replaceAll('-', '_')}.py`]: 'answer = 42\n',
    ...whole.files,
  };
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(dir, top, name)), { recursive: true });
      await writeFile(path.join(dir, top, name), text);
    }
    const pieces: Buffer[] = [];
    for await (const piece of create(
      { gzip: true, cwd: dir, portable: true, mtime: new Date('2020-05-17T00:00:00Z') },
      [top],
    ))
      pieces.push(Buffer.from(piece as Uint8Array));
    return Buffer.concat(pieces);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
