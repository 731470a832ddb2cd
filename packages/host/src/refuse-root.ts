import { Refusal } from './operator-error.ts';

/** Throws a Refusal where a program that deals with strangers runs as root, unless its user insists. */
export function refuseRoot(allowRoot: boolean, uid = process.getuid?.()): void {
  if (uid === 0 && !allowRoot)
    throw new Refusal(
      'This program deals with what strangers send and should not run as root.',
      'Run it as an ordinary user, or insist with --allow-root.',
    );
}
