import { readFile } from 'node:fs/promises';

const managers = {
  apt: { command: 'apt install', of: ['debian', 'ubuntu', 'raspbian'] },
  dnf: { command: 'dnf install', of: ['fedora', 'rhel', 'centos'] },
  apk: { command: 'apk add', of: ['alpine'] },
  pacman: { command: 'pacman -S', of: ['arch'] },
  zypper: { command: 'zypper install', of: ['suse', 'opensuse'] },
} as const;

export type PackageManager = keyof typeof managers;

/** Which package manager this machine's distribution has, by os-release(5); null for one that isn't known here. */
export async function packageManager(): Promise<PackageManager | null> {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text !== null) return packageManagerOf(text);
  }
  return null;
}

/** The same, from the text of an os-release file: what the distribution is, or else what it says that it is like. */
export function packageManagerOf(osRelease: string): PackageManager | null {
  const names = ['ID', 'ID_LIKE'].flatMap((key) => field(osRelease, key).split(' '));
  for (const name of names)
    for (const [manager, { of }] of Object.entries(managers))
      if ((of as readonly string[]).includes(name)) return manager as PackageManager;
  return null;
}

/** What to do to have packages; where the distribution is not known, what to look for. One sentence. */
export const installAdvice = (manager: PackageManager | null, packages: readonly string[]): string =>
  manager === null
    ? `Install ${packages.join(', ')} with your package manager.`
    : `Run "${managers[manager].command} ${packages.join(' ')}".`;

const field = (text: string, key: string): string =>
  (new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1] ?? '').replace(/^(["'])(.*)\1$/, '$2');
