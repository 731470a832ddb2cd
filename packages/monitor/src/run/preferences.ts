import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '@piw/host/make-folder';
import { packageName } from '@piw/wheel/package-name';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Monitor, Preferences } from '../state/monitor.ts';
import { viewNames, viewOf } from '../state/place.ts';

/** Counted up when an older monitor couldn't make sense of them any more. */
const current = 1;
const versioned = z.object({ version: z.int().default(current) });

const preferences = z.object({
  view: z.enum(viewNames),
  sorting: z.record(z.string(), z.object({ column: z.string(), descending: z.boolean() })).default({}),
  columns: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  groups: z.record(z.string(), z.string()).default({}),
  package: packageName.nullable().default(null),
});

/** What a monitor begins with that nobody has chosen anything in. */
export const usualPreferences: Preferences = { view: 'builders', sorting: {}, columns: {}, groups: {}, package: null };

/** What was chosen in the last run. */
export interface Kept {
  readonly preferences: Preferences;
  /** Why they are the usual ones, though there is a file; null where nothing is wrong. */
  readonly trouble: string | null;
  /** Whether the file may be written anew: what can't be read, or is of a later version, is somebody's still. */
  readonly mayWrite: boolean;
}

/** Where they are kept (XDG Base Directory Specification, $XDG_STATE_HOME). */
export const preferencesFile = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_STATE_HOME'] || join(env['HOME'] ?? homedir(), '.local/state'), 'piwheels/monitor.json');

/** Reads them; the usual ones where there are none, or none that make sense. */
export async function readPreferences(path: string): Promise<Kept> {
  const usual = (trouble: string | null, mayWrite: boolean): Kept => ({
    preferences: usualPreferences,
    trouble,
    mayWrite,
  });
  let text: string;
  try {
    text = await readSmall(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return usual(null, true);
    return usual(
      `${path} can't be read (${code}): sort orders and columns are the usual ones, and aren't kept.`,
      false,
    );
  }
  const content = asJson(text);
  if ((versioned.safeParse(content).data?.version ?? 0) > current)
    return usual(`${path} is of a later version of this program: it stays as it is, and nothing is kept here.`, false);
  const known = preferences.safeParse(content);
  if (known.success) return { preferences: known.data, trouble: null, mayWrite: true };
  return usual(
    `${path} makes no sense: sort orders and columns are the usual ones. It is written anew at the end.`,
    true,
  );
}

/** Far more than anybody chooses, in bytes. */
const mostBytes = 1 << 20;

/** What is no file, or a huge one, is none of ours. */
async function readSmall(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw Object.assign(new Error('no file'), { code: 'it is no file' });
    if (stat.size > mostBytes) throw Object.assign(new Error('too large'), { code: 'it is too large' });
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps them for the next run; resolves to why that can't be done, null where it was. */
export async function keepPreferences(path: string, monitor: Monitor): Promise<string | null> {
  try {
    await makeFolder(dirname(path), 0o700);
    await writeFileAtomic(path, `${JSON.stringify({ version: current, ...preferencesOf(monitor) }, null, 2)}\n`, {
      mode: 0o600,
    });
    return null;
  } catch (error) {
    return `Sort orders, columns and view are not kept: ${(error as Error).message}`;
  }
}

/** Of lists that come and go with what is opened nothing is kept. */
function preferencesOf({ place, lists, package: latest }: Monitor): Preferences {
  const kept = viewNames.flatMap((name) => (lists[name] ? [[name, lists[name]] as const] : []));
  return {
    view: viewOf(place) ?? usualPreferences.view,
    sorting: Object.fromEntries(kept.flatMap(([name, { sorting }]) => (sorting ? [[name, sorting]] : []))),
    columns: Object.fromEntries(kept.flatMap(([name, { columns }]) => (columns ? [[name, columns]] : []))),
    groups: Object.fromEntries(kept.flatMap(([name, { group }]) => (group === null ? [] : [[name, group]]))),
    package: latest,
  };
}
