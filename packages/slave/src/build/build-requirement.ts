import { copyFile, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { parseRequirement } from '@piw/wheel/requirement';
import { type Attempt, remainingMs } from './attempt.ts';
import { fault } from './build-fault.ts';
import type { BuildEnd } from './build-order.ts';
import { findListings } from './find-sdist.ts';
import { newestSdist } from './newest-sdist.ts';
import { wheelsBuilt } from './wheels-built.ts';

/** How many packages may be built for each other's sake. */
const deepest = 8;

/** Builds a requirement that has no wheel, by the pipeline that needs it, into the folder of such wheels. Throws a BuildFault where that fails. */
export async function buildRequirement(attempt: Attempt, text: string): Promise<void> {
  const requirement = parseRequirement(text);
  if (requirement === undefined) throw cannotHave(text, 'it is no requirement (PEP 508)');
  const wantedBy = [...attempt.wantedBy, attempt.order.package];
  if (wantedBy.includes(requirement.name))
    throw cannotHave(text, `it is itself needed to build it (${[...wantedBy, requirement.name].join(' → ')})`);
  if (wantedBy.length > deepest)
    throw cannotHave(text, `it would be built for ${wantedBy.join(', for ')}, and ${deepest} deep is the limit`);
  const listings = await findListings(attempt.pip, attempt.settings, requirement.name);
  const version = newestSdist(listings, requirement, attempt.world.interpreter.python);
  if (version === undefined)
    throw cannotHave(text, 'the index has neither a wheel nor a source distribution that suits');
  attempt.world.log.write(`\n${text} has no wheel: building ${requirement.name} ${version}\n`);
  const dir = path.join(attempt.world.dir, 'requirements', requirement.name);
  await mkdir(dir, { recursive: true });
  const end = await attempt.buildFor(
    wantedBy,
    {
      ...attempt.order,
      package: requirement.name,
      version,
      recipe: {},
      limits: { ...attempt.order.limits, timeoutMs: remainingMs(attempt) },
      buildTag: null,
      uploadedMs: null,
    },
    { ...attempt.world, dir, onStep: () => undefined },
  );
  await keep(attempt, text, end);
}

async function keep({ world }: Attempt, text: string, { outcome, reason, files }: BuildEnd): Promise<void> {
  if (outcome !== 'success' && outcome !== 'failure' && outcome !== 'no-source')
    throw fault(
      outcome,
      reason?.kind ?? 'missing-requirement',
      reason?.subject ?? text,
      `${text} is needed and was being built: ${reason?.text ?? outcome}`,
    );
  if (outcome !== 'success')
    throw cannotHave(text, `it has no wheel, and building one failed: ${reason?.text ?? outcome}`);
  const folder = wheelsBuilt(world);
  for (const { path: file, filename } of files) {
    const partial = path.join(folder, `.${filename}.${process.pid}`); // attempts share the folder
    await copyFile(file, partial);
    await rename(partial, path.join(folder, filename));
  }
}

const cannotHave = (text: string, why: string) =>
  fault('failure', 'missing-requirement', parseRequirement(text)?.name ?? text, `The build needs ${text}: ${why}.`);
