import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Monitor, Preferences } from '../state/monitor.ts';
import { type ViewName, viewNames, viewOf } from '../state/place.ts';

const preferences = z.object({
  view: z.enum(viewNames),
  sorting: z.record(z.string(), z.object({ column: z.string(), descending: z.boolean() })),
});

const usual: Preferences = { view: 'builders', sorting: {} };

/** Where they are kept (XDG Base Directory Specification, $XDG_STATE_HOME). */
export const preferencesFile = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_STATE_HOME'] || join(env['HOME'] ?? homedir(), '.local/state'), 'piwheels/monitor.json');

/** What was chosen in the last run; the usual where that isn't known. */
export async function readPreferences(path: string): Promise<Preferences> {
  try {
    const known = preferences.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return known.success ? known.data : usual;
  } catch {
    return usual;
  }
}

/** Keeps them for the next run. That they can't be kept stops nobody. */
export async function keepPreferences(path: string, monitor: Monitor): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFileAtomic(path, `${JSON.stringify(preferencesOf(monitor), null, 2)}\n`, { mode: 0o600 });
  } catch {
    // a home that can't be written to
  }
}

/** Of lists that come and go with what is opened nothing is kept. */
function preferencesOf({ place, lists }: Monitor): Preferences {
  const kept = viewNames.flatMap((name) => (lists[name]?.sorting ? [[name, lists[name].sorting] as const] : []));
  return { view: viewOf(place) ?? ('builders' satisfies ViewName), sorting: Object.fromEntries(kept) };
}
