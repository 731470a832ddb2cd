import { realpathSync } from 'node:fs';
import { homedir, hostname, totalmem } from 'node:os';
import { readBoard } from '@piw/host/board';
import type { Context } from '@piw/host/command';
import { parseDuration } from '@piw/host/duration';
import { readKeyFile, withKeyOptions } from '@piw/host/key-options';
import { Refusal, UsageError } from '@piw/host/operator-error';
import { type ProgramArgv, program } from '@piw/host/program';
import { refuseRoot } from '@piw/host/refuse-root';
import { runTasks } from '@piw/host/run-tasks';
import { parseSize } from '@piw/host/size';
import { feedWatchdog, notify } from '@piw/host/systemd';
import { targetName } from '@piw/wheel/target';
import { openDialKeys } from '@piw/wire/keys/open-dial-keys';
import { parseMasters } from '@piw/wire/master-address';
import { label } from '@piw/wire/vocabulary';
import type { ArgumentsCamelCase, Argv } from 'yargs';
import { canBuild, checkMachine } from './check.ts';
import { checkReport } from './check-report.ts';
import { findInterpreters } from './interpreters/find-interpreters.ts';
import { chooseSandbox, type SandboxWish, sandboxWishes } from './sandbox/choose-sandbox.ts';
import { isInSystemView } from './sandbox/system-view.ts';
import { parseCapability } from './service/capability.ts';
import { ownerId, stateDir } from './service/owner.ts';
import { type Beats, type ServiceOptions, serve, usualBeats } from './service/service.ts';
import { openWorkFolder } from './service/work-folder.ts';
import { findToolchains } from './toolchains/find-toolchains.ts';
import { findUv } from './toolchains/find-uv.ts';

const megabytes = (count: number): number => count << 20;

const builder = (yargs: ProgramArgv) =>
  withKeyOptions(yargs)
    .option('master', {
      alias: 'm',
      type: 'string',
      default: 'localhost',
      describe: 'The IP address or hostname of the master server, perhaps with :PORT; with others that stand by, A,B',
    })
    .option('timeout', {
      alias: 't',
      coerce: parseDuration,
      default: '3h',
      describe: 'The time to wait before assuming a build has failed',
    })
    .option('dir', { alias: 'd', type: 'string', default: '/tmp', describe: 'The temporary directory to build in' })
    .option('label', {
      alias: 'L',
      type: 'string',
      default: hostname(),
      defaultDescription: 'the local hostname',
      describe: 'The label that identifies this slave to the master',
    })
    .option('check', { type: 'boolean', default: false, describe: 'Tell what can be built here, and stop' })
    .option('json', { type: 'boolean', default: false, describe: 'Tell it as JSON', implies: 'check' })
    .option('python', {
      type: 'string',
      array: true,
      default: [],
      describe: 'A Python to build for, beside those found',
    })
    .option('sandbox', { choices: sandboxWishes, default: 'auto' as const, describe: 'What keeps builds apart' })
    .option('index-url', { type: 'string', describe: 'The index to build from, whatever the master says' })
    .option('memory', {
      type: 'string',
      coerce: parseSize,
      default: `${Math.floor((totalmem() * 3) / 4 / megabytes(1))}MiB`,
      defaultDescription: "three quarters of the machine's",
      describe: 'The most memory that a build may use',
    })
    .option('disk', {
      type: 'string',
      coerce: parseSize,
      default: '20GiB',
      describe: 'The most disk that a build may use',
    })
    .option('capability', { type: 'string', array: true, default: [], describe: 'KEY=VALUE that recipes may need' })
    .option('state-dir', { type: 'string', describe: "Where the slave's id is kept" })
    .option('allow-root', { type: 'boolean', default: false, describe: 'Run as root all the same' });

type Arguments = ArgumentsCamelCase<ReturnType<typeof builder> extends Argv<infer A> ? A : never>;

/** Builds wheels for a master, with other beats than the usual ones, as tests want it. */
export const slaveWith = (beats: Beats) =>
  program({
    name: 'piw-slave',
    describe: 'Builds packages on behalf of the master',
    level: 'info',
    builder,
    handler: (args, context) => (args.check ? check(args, context) : work(args, context, beats)),
  });

/** Builds wheels for a master. */
export const piwSlave = slaveWith(usualBeats);

const surroundings = ({ env, signal }: Context) => ({
  path: env['PATH'] ?? '',
  home: env['HOME'] ?? homedir(),
  signal,
});

async function check({ sandbox, python, dir, json }: Arguments, context: Context): Promise<number> {
  refuseRootUnconfined(sandbox);
  const report = await checkMachine({ wish: sandbox, wanted: python, dir, ...surroundings(context) });
  const able = canBuild(report);
  context.print(json ? JSON.stringify({ canBuild: able, ...report }) : checkReport(report));
  return able ? 0 : 1;
}

async function work(args: Arguments, context: Context, beats: Beats): Promise<number> {
  refuseRoot(args.allowRoot);
  refuseRootUnconfined(args.sandbox);
  const { log, env } = context;
  const masters = parseMasters(args.master);
  const addresses = masters.flatMap(({ slaveQueue, fileQueue }) => [slaveQueue, fileQueue]);
  const keys = await openDialKeys(addresses, args.masterKey, () => readHiddenKey(args.keyFile));
  const name = parseLabel(args.label);
  const capabilities = Object.fromEntries(args.capability.map(parseCapability));
  const owner = await ownerId(args.stateDir ?? stateDir(env));
  const folder = await openWorkFolder(args.dir, name, log);
  try {
    const bench = { ...(await setUp(args, context)), dir: folder.attempts, cacheDir: folder.cache };
    const identity = { label: name, owner, board: await readBoard(), capabilities, ...bench };
    log.info(`${name} builds for ${bench.interpreters.map(({ target }) => targetName(target)).join(', ')}`);
    return await stayUp({ masters, keys, identity, bench, log, beats }, context);
  } finally {
    folder.release();
  }
}

/** Serves, and tells systemd about it. */
async function stayUp(options: Omit<ServiceOptions, 'onStatus'>, { env, signal, log }: Context): Promise<number> {
  const tell = (state: string): void => void notify(state, env);
  const done = new AbortController();
  let code = 0;
  const serving = async (stop: AbortSignal): Promise<void> => {
    stop.addEventListener('abort', () => tell('STOPPING=1'), { once: true });
    code = await serve({ ...options, onStatus: (status) => tell(`STATUS=${status}`) }, stop);
    done.abort();
  };
  await notify('READY=1', env);
  await runTasks({ serving, watchdog: feedWatchdog(env) }, AbortSignal.any([signal, done.signal]), log);
  return code;
}

async function setUp(args: Arguments, context: Context) {
  const { path, home, signal } = surroundings(context);
  const [sandbox, toolchains] = await Promise.all([chooseSandbox(args.sandbox, path), findToolchains(path, home)]);
  const found = await findInterpreters({ path, home, signal, wanted: args.python, sandbox, toolchains });
  for (const { path: where, why, remedy } of found.unusable) context.log.warn(`${where} ${why}. ${remedy}`);
  if (found.usable.length === 0)
    throw new Refusal('No Python here can build wheels.', '"piw-slave --check" says what to install.');
  const limits = { timeoutMs: args.timeout, memoryBytes: args.memory, diskBytes: args.disk };
  return {
    ...{ sandbox, toolchains, interpreters: found.usable, uv: await findUv(path, signal) },
    indexUrl: args.indexUrl ?? null,
    limits: { ...limits, outputBytes: megabytes(64) },
  };
}

/** What strangers' code could do as root without a sandbox nobody can allow. */
function refuseRootUnconfined(sandbox: SandboxWish): void {
  if (sandbox === 'none' && process.getuid?.() === 0)
    throw new Refusal('As root nothing is built without a sandbox.', 'Run it as an ordinary user.');
}

/** The slave's own key, from where no build sees it; throws a Refusal where the sandbox shows it to them all. */
async function readHiddenKey(named: string | undefined): ReturnType<typeof readKeyFile> {
  const file = await readKeyFile(named);
  if (!isInSystemView(realpathSync(file.path))) return file;
  throw new Refusal(`Builds could read the secret key in ${file.path}.`, 'Keep it elsewhere, as in /etc/piwheels.');
}

function parseLabel(text: string): string {
  const parsed = label.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UsageError('A label has 1 to 100 printable characters.', 'Give another with --label.');
}
