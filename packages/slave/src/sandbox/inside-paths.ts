import type { Bind } from './sandbox.ts';

/**
 * Without a mount namespace nothing lies where its bind says: this puts the machine's path for every path inside that a text
 * names. Arguments, scripts and lists of paths are such texts; what files hold stays as it is.
 */
export function outsidePaths(binds: readonly Bind[]): (text: string) => string {
  const outside = new Map(binds.map(({ from, to }) => [to, from]));
  if (outside.size === 0) return (text) => text;
  const longestFirst = [...outside.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const names = new RegExp(`(?<![\\w./-])(?:${longestFirst.join('|')})(?![\\w.-])`, 'g');
  return (text) => text.replace(names, (name) => outside.get(name) ?? name);
}

const escaped = (path: string): string => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
