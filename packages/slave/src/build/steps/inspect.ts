import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { elfMachineFits } from '@piw/wheel/elf-machine';
import { verifyWheel } from '@piw/wheel/soundness';
import { sameVersion } from '@piw/wheel/version';
import type { WheelFacts } from '@piw/wheel/wheel-file';
import { parseWheelName } from '@piw/wheel/wheel-name';
import type { BuiltFile } from '@piw/wire/vocabulary';
import type { Attempt } from '../attempt.ts';
import { fault } from '../build-fault.ts';
import { judgePurity, type Scope } from '../judge-purity.ts';
import { findDependencies } from '../libraries/find-dependencies.ts';
import type { Source } from '../source.ts';
import { ownTag, stampInPlace } from '../stamp-in-place.ts';
import type { StepEnd } from '../step-ledger.ts';
import type { Built } from './build.ts';

/** A wheel that was found sound. */
export interface Inspected {
  readonly file: BuiltFile & { readonly path: string };
  readonly facts: WheelFacts;
}

/** Judges the wheel by the code that the master judges it by (DESIGN §9), stamps it, and finds the libraries that it needs. Runs nothing of it. */
export async function inspect(attempt: Attempt, source: Source, built: Built): Promise<StepEnd<Inspected>> {
  const found = await soundFacts(attempt, built.wheel);
  checkMachine(attempt, found);
  const scope = await judgePurity(attempt, source, built.said, found);
  const wheel = await stamped(attempt, built.wheel, scope, found);
  const facts = wheel === built.wheel ? found : await soundFacts(attempt, wheel);
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

/** The wheel with the build tag that was ordered, and where it is right for the Python alone that built it, with that one's tag. */
async function stamped(attempt: Attempt, wheel: string, scope: Scope, found: WheelFacts): Promise<string> {
  const { implementation, python } = attempt.world.interpreter;
  const { buildTag } = attempt.order;
  const isRebuild = buildTag !== null && buildTag !== found.buildTag;
  const isItsOwn = scope.for === 'this-python';
  if (!isRebuild && !isItsOwn) return wheel;
  const place = await stampInPlace(attempt, wheel, {
    ...(isRebuild ? { buildTag } : {}),
    ...(isItsOwn ? { tags: [ownTag(attempt.world.interpreter)] } : {}),
  });
  const why = isItsOwn
    ? `The wheel is pure although ${scope.why}, and no compile failed: that is right for ${implementation} ${python}, and for no other Python.`
    : `It is a rebuild, with the build tag ${buildTag}.`;
  attempt.world.log.write(`${why} So it is now ${path.basename(place)}.\n`);
  return place;
}
