import { resolve } from 'node:path';
import { ipcAddress } from '@piw/host/ipc-address';
import { UsageError } from '@piw/host/operator-error';
import { type ProgramArgv, program } from '@piw/host/program';
import { refuseRoot } from '@piw/host/refuse-root';
import { runDir } from '@piw/host/run-dir';
import { parseSize } from '@piw/host/size';
import type { ArgumentsCamelCase, Argv } from 'yargs';
import { openMasterKeys, withMasterKeys } from './let-in/key-options.ts';
import { runMaster } from './main.ts';
import { openTasks } from './open-tasks.ts';
import { type MasterOptions, type Periods, usualPeriods } from './options.ts';
import { withQueues } from './queue-options.ts';
import { withoutKeys } from './without-keys.ts';

const builder = (yargs: ProgramArgv) =>
  withQueues(withMasterKeys(yargs))
    .option('dsn', {
      alias: 'd',
      type: 'string',
      default: 'postgresql:///piwheels',
      describe: 'The address of the database',
    })
    .option('output-path', {
      alias: 'o',
      type: 'string',
      default: '/var/www',
      describe: 'The folder that the web server serves',
    })
    .option('min-free', {
      type: 'string',
      coerce: parseSize,
      default: '1GiB',
      describe: 'With less than this free on its disk, no work is given out',
    })
    .option('name', { type: 'string', default: 'piwheels', describe: 'What the farm calls itself' })
    .option('site-url', { type: 'string', describe: 'The address under which the output folder is served' })
    .option('index-url', { type: 'string', describe: 'The index to build from', defaultDescription: "pip's own" })
    .option('upstream', {
      choices: ['merge', 'ignore'] as const,
      default: 'merge' as const,
      describe:
        "What to do with upstream's own files: list them beside ours and build what they don't serve, or ignore them",
    })
    .option('accept-targets', {
      type: 'boolean',
      default: false,
      describe: 'Build for whatever slaves offer, without being told which targets',
    })
    .option('attention-command', {
      type: 'string',
      describe: 'A command for each thing that needs a human, and when it is over; PIW_ATTENTION_* says what',
    })
    .option('attention-mail', { type: 'string', describe: 'Who gets mail about what needs a human' })
    .option('mail-from', { type: 'string', describe: 'Who mail is from', defaultDescription: 'whom it is to' })
    .option('smtp-url', {
      type: 'string',
      default: 'smtp://localhost:25',
      describe: 'The mail server, as smtp://HOST:PORT or smtps://USER:PASSWORD@HOST',
    })
    .option('allow-root', { type: 'boolean', default: false, describe: 'Run even as root' });

type Arguments = ArgumentsCamelCase<ReturnType<typeof builder> extends Argv<infer A> ? A : never>;

/** The headless daemon, with other periods than the usual ones, as tests want it. */
export const masterWith = (periods: Periods) =>
  program({
    name: 'piw-master',
    describe: 'Gives builds to slaves, takes their wheels in, and writes the index that pip installs from',
    level: 'info',
    builder,
    handler: async (given, context) => {
      refuseRoot(given.allowRoot);
      await runMaster({ ...(await optionsOf(given)), periods }, context, openTasks);
    },
  });

/** The headless daemon. */
export const piwMaster = masterWith(usualPeriods);

/** Checks and completes what was given; throws a UsageError or Refusal. */
async function optionsOf(given: Arguments): Promise<Omit<MasterOptions, 'periods'>> {
  const { dsn, name, upstream, acceptTargets, outputPath, minFree, siteUrl, indexUrl } = given;
  const dir = await runDir(given.runDir);
  const keys = await openMasterKeys(given.keyFile, given.authorizedKeys);
  const reachable = keys ? (address: string) => address : withoutKeys;
  return {
    ...{ dsn, name, upstream, acceptTargets, runDir: dir, keys },
    outputPath: resolve(outputPath),
    minFreeBytes: minFree,
    siteUrl: siteUrl === undefined ? null : folderAddress('site-url', siteUrl),
    indexUrl: indexUrl === undefined ? null : folderAddress('index-url', indexUrl),
    slaveQueue: reachable(given.slaveQueue),
    fileQueue: reachable(given.fileQueue),
    statusQueues: alsoHere(ipcAddress(dir, 'piw-status'), given.statusQueue, reachable),
    controlQueues: alsoHere(ipcAddress(dir, 'piw-control'), given.controlQueue, reachable),
    attention: { command: given.attentionCommand ?? null, mail: mailOf(given) },
  };
}

/** Whoever is at this machine gets in by the run directory, whatever else was asked for. */
const alsoHere = (here: string, given: string | undefined, reachable: (address: string) => string): string[] =>
  given === undefined || given === here ? [here] : [here, reachable(given)];

function mailOf({ attentionMail: to, mailFrom, smtpUrl }: Arguments): MasterOptions['attention']['mail'] {
  if (to === undefined) return null;
  if (!/^smtps?:\/\//.test(smtpUrl) || !URL.canParse(smtpUrl))
    throw new UsageError('--smtp-url is not the address of a mail server.', 'Write it as smtp://HOST:PORT.');
  const wrong = [to, mailFrom ?? to].find((address) => !/^[^\s@,;<>]+@[^\s@,;<>]+$/.test(address));
  if (wrong !== undefined) throw new UsageError(`${wrong} is no mail address.`, 'Write it as NAME@HOST.');
  return { to, from: mailFrom ?? to, smtpUrl };
}

/** A web address with its last slash, so that others can be resolved against it. */
function folderAddress(option: string, text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new UsageError(
      `--${option} ${text} is not a web address.`,
      'Write it as http://HOST/ or https://HOST/PATH/.',
    );
  return text.endsWith('/') ? text : `${text}/`;
}
