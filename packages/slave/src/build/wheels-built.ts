import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { targetName } from '@piw/wheel/target';
import type { BuildWorld } from './build-order.ts';

/** The folder of requirements that had no wheel and were built for this interpreter's target; attempts share it. */
export function wheelsBuilt({ cacheDir, interpreter }: Pick<BuildWorld, 'cacheDir' | 'interpreter'>): string {
  const folder = path.join(cacheDir, 'requirements', targetName(interpreter.target));
  mkdirSync(folder, { recursive: true });
  return folder;
}
