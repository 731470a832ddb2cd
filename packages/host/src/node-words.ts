import { readFile } from 'node:fs/promises';

/**
 * The words after `node` that start a program as its first line does, where whoever calls it by its path gets what that
 * asks of Node: `#!/usr/bin/env -S node --max-semi-space-size=2`.
 */
export async function nodeWords(bin: string): Promise<string[]> {
  const [, options] = /^#!\/usr\/bin\/env -S node (.+)\n/.exec(await readFile(bin, 'utf8')) ?? [];
  return [...(options?.split(' ') ?? []), bin];
}
