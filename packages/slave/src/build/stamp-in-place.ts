import { rename } from 'node:fs/promises';
import path from 'node:path';
import { stampWheel, type WheelStamp } from '@piw/wheel/stamp-wheel';
import type { Tag } from '@piw/wheel/tag';
import { UnsoundError } from '@piw/wheel/unsound-error';
import type { Interpreter } from '../interpreters/interpreter.ts';
import { type Attempt, room } from './attempt.ts';
import { fault } from './build-fault.ts';
import { removeTree } from './remove-tree.ts';

/** Puts in a sound wheel's place the same wheel with a stamp, and returns its path. Throws a BuildFault where the wheel cannot be written once more. */
export async function stampInPlace(attempt: Attempt, wheel: string, stamp: WheelStamp): Promise<string> {
  const stamped = await stampWheel(wheel, room(attempt, 'stamped', '/stamped').host, stamp).catch(unstampable);
  const place = path.join(path.dirname(wheel), path.basename(stamped));
  await removeTree(wheel);
  await removeTree(place); // the build could write here, and left there whatever it liked
  await rename(stamped, place);
  return place;
}

/**
 * The tag that this Python accepts and no other does: its best one, on the platform that it builds for. Not `pp39-none-any`:
 * of packaging, pip and uv only pip takes that for a tag of PyPy's (packaging.tags.sys_tags).
 */
export const ownTag = ({ tags, target }: Pick<Interpreter, 'tags' | 'target'>): Tag =>
  [tags[0]?.split('-', 1)[0], target.abi, target.platform].join('-');

function unstampable(error: unknown): never {
  if (error instanceof UnsoundError) throw fault('failure', 'unsound-wheel', null, error.message);
  throw error;
}
