import { asTyped } from '@piw/host/as-typed';
import { oneLine } from '@piw/host/log-line';
import { UsageError } from '@piw/host/operator-error';
import { program } from '@piw/host/program';
import { withMasterOptions } from '@piw/operator/control-address';
import { withControl } from '@piw/operator/with-control';
import { version } from '@piw/wheel/version';
import type { Answer } from '@piw/wire/control-protocol';
import { parseWish, type Wish } from './farm/wishes.ts';

/** The master looks the package up at its index, which may be slow. */
const patienceMs = 120_000;

/** Asks a farm for a package. */
export const piwAdd = program({
  name: 'piw-add',
  positionals: '<package> [release]',
  describe: 'Asks the farm to build a package, for all its targets',
  builder: (yargs) =>
    withMasterOptions(yargs)
      .positional('package', { type: 'string', demandOption: true, describe: 'PACKAGE or PACKAGE==VERSION' })
      .positional('release', { type: 'string', describe: 'The version (default: the newest)' })
      .option('all', { type: 'boolean', default: false, describe: 'Every version that has an sdist' })
      .option('json', { type: 'boolean', default: false, describe: "Print the master's answer as JSON, for programs" }),
  handler: async ({ all, json, release, ...args }, { print, signal, typing }) => {
    const wish = { ...wished(args.package, release, all), all };
    const answer = await withControl(args, (control) => control.ask('ADD', wish, { signal, timeoutMs: patienceMs }));
    if (json) print(JSON.stringify(answer, null, 2));
    else for (const line of told(answer, asTyped('piw-control', typing))) print(oneLine(line));
  },
});

function wished(text: string, release: string | undefined, all: boolean): Wish {
  const wish = parseWish(text);
  if (release === undefined) return all ? everyVersion(wish) : wish;
  if (wish.version !== null || all)
    throw new UsageError('More than one version is meant.', 'Give PACKAGE VERSION, or PACKAGE --all.');
  const parsed = version.safeParse(release);
  if (parsed.success) return { ...wish, version: parsed.data };
  throw new UsageError(`"${release}" is no version.`, 'Write it as PEP 440 has it: 1.0, 2.0rc1, 3.1.post2.');
}

function everyVersion(wish: Wish): Wish {
  if (wish.version === null) return wish;
  throw new UsageError('--all means every version, and one is named.', 'Give PACKAGE VERSION, or PACKAGE --all.');
}

function told({ package: name, versions }: Answer<'ADD'>, control: string): string[] {
  if (versions.length === 0) return [`${name} has no version to build.`];
  const lines = versions.map((one) => `${name} ${one.version} ${one.isNew ? 'added' : 'known already'}`);
  return [...lines, `Watch it with: ${control} package ${name}`];
}
