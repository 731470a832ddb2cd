import type { Monitor } from '../state/monitor.ts';
import type { Command } from './command.ts';

/** What can be done here, each with the keys that lead to it: of several commands for a key that is the first. */
export function reachable(commands: readonly Command[], monitor: Monitor): readonly Command[] {
  const taken = new Set<string>();
  return commands
    .filter(({ when }) => when(monitor))
    .map((command) => {
      const keys = command.keys.filter((key) => !taken.has(key));
      for (const key of keys) taken.add(key);
      return { ...command, keys };
    });
}
