import { readFile } from 'node:fs/promises';
import { installAdvice, type PackageManager, packageManager } from '../distribution/distribution.ts';

/** What of a machine decides whether an ordinary user gets namespaces on it. */
export interface NamespaceFacts {
  readonly manager: PackageManager | null;
  readonly bubblewrapInstalled: boolean;
  /** kernel.apparmor_restrict_unprivileged_userns: Ubuntu since 24.04. */
  readonly apparmorRestricts: boolean;
  /** kernel.unprivileged_userns_clone is 0: Debian before 11, hardened kernels. */
  readonly cloneRefused: boolean;
  /** user.max_user_namespaces is 0: RHEL 7, hardened machines. */
  readonly noneAllowed: boolean;
}

const withoutSandbox = 'Or, if you trust what you build, start with --sandbox none.';

/** What to do where no sandbox works: one line. */
export function sandboxRemedy(facts: NamespaceFacts): string {
  return `${firstRemedy(facts)} ${withoutSandbox}`;
}

function firstRemedy(facts: NamespaceFacts): string {
  const setting = refusingSetting(facts);
  if (setting !== null)
    return `Allow user namespaces: "sudo sysctl -w ${setting}", and to keep it write that setting to /etc/sysctl.d/60-piwheels.conf.`;
  if (!facts.bubblewrapInstalled) return installAdvice(facts.manager, ['bubblewrap']);
  return 'Allow user namespaces (in a container, its runtime decides: seccomp and AppArmor profiles).';
}

const refusingSetting = (facts: NamespaceFacts): string | null => {
  if (facts.apparmorRestricts) return 'kernel.apparmor_restrict_unprivileged_userns=0';
  if (facts.cloneRefused) return 'kernel.unprivileged_userns_clone=1';
  return facts.noneAllowed ? 'user.max_user_namespaces=15000' : null;
};

/** Reads the facts; a setting that the kernel doesn't have doesn't refuse. */
export const namespaceFacts = async (bubblewrapInstalled: boolean): Promise<NamespaceFacts> => ({
  manager: await packageManager(),
  bubblewrapInstalled,
  apparmorRestricts: (await setting('kernel/apparmor_restrict_unprivileged_userns')) === '1',
  cloneRefused: (await setting('kernel/unprivileged_userns_clone')) === '0',
  noneAllowed: (await setting('user/max_user_namespaces')) === '0',
});

const setting = (name: string): Promise<string | null> =>
  readFile(`/proc/sys/${name}`, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
