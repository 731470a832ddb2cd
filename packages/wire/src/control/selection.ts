import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import { targetKey } from '../status-protocol.ts';

export const whichSlaves = z
  .union([z.literal('all'), z.array(z.string().max(100)).min(1).max(10_000)])
  .meta({ id: 'which slaves', description: 'Some by their labels, or every one, those to come included.' });

export const whichCells = z
  .object({
    package: packageName,
    version: version.nullable(),
    target: targetKey.nullable(),
  })
  .meta({ id: 'which cells', description: 'A package, one of its versions, one target of it.' });

/** A page of a list, latest first: so many, and those before this one. */
export const page = { limit: z.int().min(1).max(1000), before: z.int().nullable() };
