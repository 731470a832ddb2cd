import path from 'node:path';
import { parseRequirement } from '@piw/wheel/requirement';
import { admitsPython } from '@piw/wheel/requires-python';
import { type Attempt, type Room, room, writable } from '../attempt.ts';
import { fault } from '../build-fault.ts';
import { type Filled, fillEnvironment, freshEnvironment } from '../fill-environment.ts';
import { importNames } from '../import-names.ts';
import { type ImportReport, readImportReport } from '../import-report.ts';
import { isExtra, sitePackages } from '../installed.ts';
import { readBounded } from '../read-bounded.ts';
import { runInside, scripts } from '../run-inside.ts';
import type { StepEnd } from '../step-ledger.ts';
import { unpackWheel } from '../unpack-wheel.ts';
import type { Inspected } from './inspect.ts';

/** Installs the wheel and what it depends on, and imports its modules in the sandbox; a wheel whose own code cannot be loaded is a failure. */
export async function check(attempt: Attempt, inspected: Inspected): Promise<StepEnd<void>> {
  const names = importNames(inspected.facts);
  if (names.length === 0) return { result: undefined, note: 'has no module to import' };
  const filled = await install(attempt, inspected);
  if (filled.end !== 'filled') return notChecked(whyNot(filled));
  const report = await importAll(attempt, filled.environment, inspected, names);
  switch (report.end) {
    case 'imported':
      return { result: undefined, note: names.join(', ') };
    case 'broken':
      throw fault('failure', 'broken-wheel', report.subject, report.text);
    case 'not-checked':
      return notChecked(report.why);
  }
}

const notChecked = (note: string): StepEnd<void> => ({ result: undefined, outcome: 'not-checked', note });

/**
 * A wheel that needs no other is unpacked: it was found sound, and an installer takes as long as a small build. Its dependencies come from
 * the index, never from a URL that the wheel names: that might be sources whose code pip would run.
 */
async function install(attempt: Attempt, { file, facts }: Inspected): Promise<Filled> {
  const fromUrl = facts.requiresDist.find((text) => parseRequirement(text)?.url !== null);
  if (fromUrl !== undefined) return { end: 'missing', requirement: fromUrl };
  return (await unpackedAlone(attempt, { file, facts })) ?? fillEnvironment(attempt, 'check', [file.path]);
}

async function unpackedAlone(attempt: Attempt, { file, facts }: Inspected): Promise<Filled | undefined> {
  if (!facts.requiresDist.every(isExtra)) return undefined;
  if (!admitsPython(facts.requiresPython, attempt.world.interpreter.python)) return undefined;
  const environment = await freshEnvironment(attempt, 'check');
  const [place] = sitePackages(environment.host);
  const bounds = { totalBytes: facts.uncompressedBytes, entries: Infinity };
  if (place === undefined || !(await unpackWheel(file.path, place, bounds))) return undefined;
  attempt.world.log.write(`${file.filename} needs nothing else, and is unpacked\n`);
  return { end: 'filled', environment };
}

const whyNot = (filled: Exclude<Filled, { end: 'filled' }>): string =>
  filled.end === 'missing' ? `no wheel for ${filled.requirement}` : `it cannot be installed: ${filled.text}`;

const toldBytes = 1 << 20;

async function importAll(
  attempt: Attempt,
  environment: Room,
  { facts }: Inspected,
  names: readonly string[],
): Promise<ImportReport> {
  const answers = room(attempt, 'imports', '/run/answers');
  const inside = (name: string): string => path.join(answers.inside, name);
  const exit = await runInside(attempt, {
    command: [
      `${environment.inside}/bin/python`,
      ...[`${scripts(attempt).inside}/import_modules.py`, inside('told'), inside('dump'), ...names],
    ],
    cwd: '/tmp',
    environment,
    binds: [writable(answers)],
    env: {},
    network: false,
  });
  const told = async (name: string): Promise<string> =>
    (await readBounded(path.join(answers.host, name), toldBytes)) ?? '';
  return readImportReport({
    told: await told('told'),
    dump: await told('dump'),
    crashed: exit.signalName !== null,
    own: facts.elf.map((elf) => elf.path),
    ownModules: facts.modules.map((name) => name.split('.')[0]!),
  });
}
