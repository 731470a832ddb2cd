import { output } from './program-output.ts';

/** Which package of the distribution each file is of, and whose packages these are. */
export interface Owners {
  readonly manager: 'apt' | 'rpm' | 'apk' | null;
  readonly owners: ReadonlyMap<string, string>;
}

/** Asks the distribution's package database (dpkg, rpm or apk) whose these files are. */
export async function owningPackages(files: readonly string[], signal: AbortSignal): Promise<Owners> {
  if (files.length === 0) return { manager: null, owners: new Map() };
  const spellings = files.flatMap((file) => [file, ...otherSpelling(file)]);
  const dpkg = ownersInDpkg(await output(['dpkg'], ['-S', ...spellings], signal));
  if (dpkg.size > 0) return { manager: 'apt', owners: foldSpellings(files, dpkg) };
  const rpm = await one(files, (file) => output(['rpm'], ['-qf', '--qf', '%{NAME}', file], signal), /^([\w.+-]+)$/);
  if (rpm.size > 0) return { manager: 'rpm', owners: rpm };
  const apk = await one(
    files,
    (file) => output(['apk'], ['info', '-W', '-q', file], signal),
    /^([\w.+-]+?)-\d[\w.]*(?:-r\d+)?$/m,
  );
  return { manager: apk.size > 0 ? 'apk' : null, owners: apk };
}

/** Reads `libz1:amd64: /lib/x86_64-linux-gnu/libz.so.1.2.13` (dpkg-query(1)); what diverts a file owns none. */
export function ownersInDpkg(text: string): Map<string, string> {
  const lines = [...text.matchAll(/^([^\s:,]+)(?::[^\s,]+)?(?:, [^\n]+)?: (\/[^\n]+)$/gm)];
  return new Map(lines.map(([, name = '', file = '']) => [file, name]));
}

/** On systems with a merged /usr the database may know a file without `/usr`, or only with it. */
const otherSpelling = (file: string): string[] =>
  file.startsWith('/usr/lib') ? [file.slice('/usr'.length)] : file.startsWith('/lib') ? [`/usr${file}`] : [];

function foldSpellings(files: readonly string[], known: ReadonlyMap<string, string>): Map<string, string> {
  const pairs = files.map((file) => [file, known.get(file) ?? known.get(otherSpelling(file)[0] ?? '')] as const);
  return new Map(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

async function one(
  files: readonly string[],
  ask: (file: string) => Promise<string>,
  answer: RegExp,
): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (const file of files) {
    const name = answer.exec((await ask(file)).trim())?.[1];
    if (name === undefined) continue;
    owners.set(file, name);
  }
  return owners;
}
