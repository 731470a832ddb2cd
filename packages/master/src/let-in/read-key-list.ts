import { stat } from 'node:fs/promises';
import { Refusal } from '@piw/host/operator-error';
import { readTextFile } from '@piw/host/private-file';

/** More than ten thousand keys have with a line of comment each; of a longer file the end would be missing, and with it people. */
const mostBytes = 4 << 20;

/** What a file of authorized keys says, nothing where there is none. Throws a Refusal where anybody may write it, or where it isn't such a file. */
export async function readKeyList(file: string): Promise<string> {
  const there = await stat(file).catch(() => undefined);
  if (there && !there.isFile()) throw new Refusal(`${file} is not a file.`, 'Name another with --authorized-keys.');
  if (there && (there.mode & 0o002) !== 0)
    throw new Refusal(`Anybody may write ${file}, and let themselves in.`, `Keep it to its owner: chmod 600 ${file}`);
  if (there && there.size > mostBytes)
    throw new Refusal(
      `${file} is longer than a list of keys.`,
      'Take out what is no key; "piw-keys list" shows those.',
    );
  return (await readTextFile(file)) ?? '';
}
