import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { elfMachineFits } from '@piw/wheel/elf-machine';
import { verifyWheel } from '@piw/wheel/soundness';
import { fitsAnyPlatform } from '@piw/wheel/tag';
import { sameVersion } from '@piw/wheel/version';
import type { WheelFacts } from '@piw/wheel/wheel-file';
import { parseWheelName } from '@piw/wheel/wheel-name';
import type { BuiltFile } from '@piw/wire/vocabulary';
import type { Attempt } from '../attempt.ts';
import { fault } from '../build-fault.ts';
import { compiledSource } from '../compiled-source.ts';
import { findDependencies } from '../libraries/find-dependencies.ts';
import type { Source } from '../source.ts';
import type { StepEnd } from '../step-ledger.ts';

/** A wheel that was found sound. */
export interface Inspected {
  readonly file: BuiltFile & { readonly path: string };
  readonly facts: WheelFacts;
}

/** Judges the wheel by the code that the master judges it by (DESIGN §9), and finds the libraries that it needs. Runs nothing of it. */
export async function inspect(attempt: Attempt, source: Source, wheel: string): Promise<StepEnd<Inspected>> {
  const facts = await soundFacts(attempt, wheel);
  checkMachine(attempt, facts);
  await checkPurity(attempt, source, facts);
  const { filename, sizeBytes, sha256 } = facts;
  const dependencies = await findDependencies(facts, attempt.world.signal);
  const told = Object.entries(dependencies).map(([where, names]) => `${where}: ${names.join(', ')}`);
  attempt.world.log.write(
    `${[`${filename}, ${sizeBytes} bytes`, `sha256 ${sha256}`, ...told, ...facts.requiresDist].join('\n')}\n`,
  );
  return {
    result: { file: { filename, sizeBytes, sha256, dependencies, path: wheel }, facts },
    note: told.join('; ') || 'needs no libraries',
  };
}

async function soundFacts({ order, world }: Attempt, wheel: string): Promise<WheelFacts> {
  const filename = path.basename(wheel);
  const name = parseWheelName(filename);
  if (!(await lstat(wheel)).isFile()) throw fault('failure', 'unsound-wheel', filename, `${filename} is no file.`);
  const verdict = await verifyWheel(wheel, {
    filename,
    package: order.package,
    version: order.version,
    tags: new Set(world.interpreter.tags),
  });
  if (verdict.sound) return verdict.facts;
  world.log.write(`${verdict.faults.join('\n')}\n`);
  const [first = 'It is not sound.'] = verdict.faults;
  const other = name !== undefined && (name.name !== order.package || !sameVersion(name.version, order.version));
  throw fault('failure', other ? 'metadata-mismatch' : 'unsound-wheel', filename, first);
}

function checkMachine({ order }: Attempt, { elf }: WheelFacts): void {
  const foreign = elf.find((file) => elfMachineFits(file, order.target.platform) === false);
  if (foreign)
    throw fault(
      'failure',
      'unsound-wheel',
      foreign.path,
      `${foreign.path} is for ${foreign.machine}, not for ${order.target.platform}.`,
    );
}

/**
 * A pure wheel may be a failed compile (DESIGN §6): it is one where the index has platform wheels of the version, or the
 * sources hold what is compiled; but not on the sources' word alone where its authors publish a pure wheel themselves.
 */
async function checkPurity({ order }: Attempt, { root, upstream }: Source, { tags }: WheelFacts): Promise<void> {
  if (order.recipe.pure === true || !tags.every(fitsAnyPlatform)) return;
  const compiled = upstream.platform
    ? 'the index has platform wheels of this version'
    : upstream.pure
      ? undefined
      : await sourceText(root);
  if (compiled !== undefined)
    throw fault(
      'failure',
      'fell-back-to-pure',
      null,
      `The build fell back to pure Python: ${compiled}. If that is right, the recipe says pure = true.`,
    );
}

async function sourceText(root: string): Promise<string | undefined> {
  const found = await compiledSource(root);
  return found === undefined ? undefined : `its sources hold ${found}`;
}
