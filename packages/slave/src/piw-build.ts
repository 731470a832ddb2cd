import { homedir } from 'node:os';
import path from 'node:path';
import { parseDuration } from '@piw/host/duration';
import { UsageError } from '@piw/host/operator-error';
import { PipShelf } from '@piw/host/pip/pip-shelf';
import { type ProgramArgv, program } from '@piw/host/program';
import { harmlessOutput } from './build/one-line.ts';
import { attemptHere, type Destination } from './build-here/attempt-here.ts';
import type { Manner } from './build-here/build-here.ts';
import { prepareOutput } from './build-here/deliver.ts';
import { pickInterpreters } from './build-here/pick-interpreters.ts';
import { readWish } from './build-here/wish.ts';
import { cacheDir } from './cache-dir.ts';
import { chooseSandbox, sandboxWishes } from './sandbox/choose-sandbox.ts';
import { findToolchains } from './toolchains/find-toolchains.ts';
import { findUv } from './toolchains/find-uv.ts';

const builder = (yargs: ProgramArgv) =>
  yargs
    .positional('package', {
      type: 'string',
      demandOption: true,
      describe: 'What to build: PACKAGE or PACKAGE==VERSION',
    })
    .option('python', {
      type: 'string',
      array: true,
      default: [],
      nargs: 1,
      describe: 'A Python to build for; may be given several times (default: python3)',
    })
    .option('output', { alias: 'o', type: 'string', default: '.', describe: 'The folder for the wheels' })
    .option('index-url', {
      alias: 'i',
      type: 'string',
      describe: 'An index instead of the one that pip is configured with',
    })
    .option('sandbox', { choices: sandboxWishes, default: 'auto' as const, describe: 'What confines the build' })
    .option('timeout', { alias: 't', type: 'string', default: '3h', describe: 'How long a build may take' })
    .option('keep', {
      type: 'boolean',
      default: false,
      describe: 'Leave the tree, the environment and the log where they are',
    });

/** Builds a package as a slave would, with no master: for whoever wants to see the build that failed on the farm. */
export const piwBuild = program({
  name: 'piw-build',
  describe: 'Builds a wheel on this machine, by the pipeline of the farm',
  positionals: '<package>',
  builder,
  handler: async (args, { signal, env, stdout, print }) => {
    const wish = readWish(args.package);
    const manner: Manner = { indexUrl: args.indexUrl ?? null, timeoutMs: durationOf(args.timeout) };
    await prepareOutput(path.resolve(args.output));
    const [home, searchPath] = [homedir(), env['PATH'] ?? ''];
    const toolchains = await findToolchains(searchPath, home);
    const sandbox = await chooseSandbox(args.sandbox, searchPath);
    const wanted = args.python.map((each) => (each.includes('/') ? path.resolve(each) : each));
    const interpreters = await pickInterpreters({ path: searchPath, wanted, home, sandbox, toolchains, signal });
    const decoder = new TextDecoder();
    const destination: Destination = {
      output: path.resolve(args.output),
      keep: args.keep,
      onLog: (bytes) => {
        if (!args.quiet) stdout.write(harmlessOutput(decoder.decode(bytes, { stream: true })));
      },
    };
    const pips = new PipShelf();
    const world = {
      pips,
      cacheDir: await cacheDir(env, home),
      sandbox,
      toolchains,
      uv: await findUv(searchPath, signal),
      onStep: () => undefined,
      signal,
      now: Date.now,
    };
    let failures = 0;
    try {
      for (const interpreter of interpreters) {
        const { succeeded, lines } = await attemptHere(wish, manner, destination, { ...world, interpreter });
        for (const line of lines) print(line);
        if (!succeeded) failures += 1;
      }
    } finally {
      await pips.close();
    }
    return failures === 0 ? 0 : 1;
  },
});

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : text, 'For example: --timeout 30m');
  }
}
