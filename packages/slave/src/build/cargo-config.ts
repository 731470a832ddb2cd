import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'smol-toml';

/** Where crates come from, and how they are reached. All else could run programs or hold secrets. */
const harmless = ['source', 'http', 'net'];

/** Gives the shared Cargo home the machine's own settings for registries: a farm behind a mirror just works. */
export async function writeCargoConfig(cargoHome: string): Promise<void> {
  const own = process.env['CARGO_HOME'] ?? path.join(homedir(), '.cargo');
  const text = await readFile(path.join(own, 'config.toml'), 'utf8').catch(() => '');
  const kept = Object.entries(readOrNothing(text)).filter(([table]) => harmless.includes(table));
  await writeFile(path.join(cargoHome, 'config.toml'), stringify(Object.fromEntries(kept)));
}

function readOrNothing(text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch {
    return {};
  }
}
