import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { publicUrl } from '@piw/host/pip/public-url';
import type { BuildWorld } from './build-order.ts';

/**
 * Makes of words about an attempt what everybody may read, in logs and reasons: addresses without passwords and queries, the
 * attempt's folders by the names that its sandbox shows them under, and what else lies on the slave by `cache/…` and `~/…`.
 */
export function publicWords({ dir, cacheDir }: Pick<BuildWorld, 'dir' | 'cacheDir'>): (text: string) => string {
  const home = homedir();
  const places = [
    ...[[`${path.join(cacheDir, 'cargo')}/`, '/run/cargo/'] as const, [`${dir}/`, '/'] as const],
    ...[[`${cacheDir}/`, 'cache/'] as const, ...(home === '/' ? [] : [[`${home}/`, '~/'] as const])],
  ];
  const named = new Map(places.flatMap(([from, to]) => [from, real(from)].map((name) => [name, to])));
  const longestFirst = [...named.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const names = new RegExp(`(?<![\\w.-])(?:${longestFirst.join('|')})`, 'g');
  return (text) => text.replace(address, publicAddress).replace(names, (name) => named.get(name) ?? name);
}

/** Up to what ends an address in a sentence or a list. */
const address = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>`]*[^\s"'<>`.,;:!)\]}]/gi;

function publicAddress(url: string): string {
  if (/^file:/i.test(url)) return pathOf(url) ?? url;
  return /[?#@]/.test(url) ? publicUrl(url) : url;
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

function real(folder: string): string {
  try {
    return `${realpathSync(folder)}/`;
  } catch {
    return folder;
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
