import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { PipShelf } from '@piw/host/pip/pip-shelf';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import type { Recipe, Step } from '@piw/wire/vocabulary';
import type { BuildEnd, BuildWorld } from '../build/build-order.ts';
import { buildWheel } from '../build/build-wheel.ts';
import { endLog } from '../build/end-log.ts';
import { openLogFile } from '../build/log-file.ts';
import { removeTree } from '../build/remove-tree.ts';
import { pickInterpreters } from '../build-here/pick-interpreters.ts';
import type { Interpreter } from '../interpreters/interpreter.ts';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import { findToolchains } from '../toolchains/find-toolchains.ts';

/** What a test wants built, where from, and what may differ from the usual. */
export interface Wanted {
  readonly package: string;
  readonly version: string;
  readonly indexUrl: string;
  readonly recipe?: Recipe;
  readonly timeoutMs?: number;
  readonly uv?: string;
  readonly buildTag?: string;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: Step) => void;
}

/** How it ended, and its log. */
export type Made = BuildEnd & { readonly log: string };

/** Builds with a Python of this machine in the best sandbox that it has, in a folder of the test's. */
export interface Workshop {
  readonly dir: string;
  readonly interpreter: Interpreter;
  make(wanted: Wanted): Promise<Made>;
  close(): Promise<void>;
}

/** Finds what builds with `python` need, by default with the usual one; pip's own settings are as on a machine that has none. */
export async function openWorkshop(python?: string): Promise<Workshop> {
  forgetPipSettings(process.env);
  const dir = await mkdtemp(path.join(tmpdir(), 'piw-workshop-'));
  const [searchPath, home, signal] = [process.env['PATH'] ?? '', homedir(), new AbortController().signal];
  const toolchains = await findToolchains(searchPath, home);
  const sandbox = await chooseSandbox('auto', searchPath).catch(() => chooseSandbox('none', searchPath));
  const search = { path: searchPath, wanted: python === undefined ? [] : [python], home, sandbox, toolchains, signal };
  const interpreter = (await pickInterpreters(search))[0]!;
  const pips = new PipShelf();
  let count = 0;
  return {
    dir,
    interpreter,
    make: async (wanted) => {
      const attempt = path.join(dir, String(count++));
      await mkdir(attempt);
      const log = openLogFile(`${attempt}.log`);
      const world: BuildWorld = {
        ...{ dir: attempt, cacheDir: path.join(dir, 'cache'), sandbox, interpreter, toolchains, pips, log },
        ...{
          uv: wanted.uv ?? null,
          onStep: wanted.onStep ?? (() => undefined),
          signal: wanted.signal ?? signal,
          now: Date.now,
        },
      };
      const end = await buildWheel(orderOf(wanted, interpreter.target), world);
      endLog(log, end);
      log.close();
      return { ...end, log: await readFile(log.path, 'utf8') };
    },
    close: async () => {
      await pips.close();
      await removeTree(dir);
    },
  };
}

const orderOf = (wanted: Wanted, target: BuildWorld['interpreter']['target']) => ({
  package: packageName.parse(wanted.package),
  version: version.parse(wanted.version),
  target,
  recipe: wanted.recipe ?? {},
  limits: { timeoutMs: wanted.timeoutMs ?? 120_000, memoryBytes: null, diskBytes: null, outputBytes: 64 << 20 },
  indexUrl: wanted.indexUrl,
  farmIndexUrl: null,
  buildTag: wanted.buildTag ?? null,
  uploadedMs: null,
});

function forgetPipSettings(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env).filter((each) => each.startsWith('PIP_'))) Reflect.deleteProperty(env, name);
  Object.assign(env, { PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0' });
}
