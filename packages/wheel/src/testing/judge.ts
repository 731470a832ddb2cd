import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageName } from '../package-name.ts';
import { verifyWheel } from '../soundness.ts';
import { version } from '../version.ts';
import type { Verdict, WheelExpectation, WheelFacts } from '../wheel-file.ts';
import { makeWheel, type WheelPlan } from './make-wheel.ts';

/** What a verifier that expects demo 1.0 for py3-none-any says of the wheel planned, which lies in a file for a moment. */
export async function judge(plan: WheelPlan, changed: Partial<WheelExpectation> = {}): Promise<Verdict> {
  const { filename, bytes } = makeWheel(plan);
  const folder = await mkdtemp(join(tmpdir(), 'piw-judge-'));
  const path = join(folder, 'wheel');
  try {
    await writeFile(path, bytes);
    return await verifyWheel(path, { ...expectDemo, filename, ...changed });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The faults of the wheel planned, in one text; empty where it is sound. */
export async function faultsOf(plan: WheelPlan, changed: Partial<WheelExpectation> = {}): Promise<string> {
  const verdict = await judge(plan, changed);
  return verdict.sound ? '' : verdict.faults.join('\n');
}

/** The facts of the wheel planned; throws its faults where it has some. */
export async function factsOf(plan: WheelPlan, changed: Partial<WheelExpectation> = {}): Promise<WheelFacts> {
  const verdict = await judge(plan, changed);
  if (!verdict.sound) throw new Error(verdict.faults.join('\n'));
  return verdict.facts;
}

const expectDemo = {
  package: packageName.parse('demo'),
  version: version.parse('1.0'),
  tags: new Set(['py3-none-any']),
};
