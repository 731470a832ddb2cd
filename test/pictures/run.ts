import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ground } from '../bench/ground.ts';
import { monitor } from './monitor.ts';
import { sense } from './sense.ts';

const pictures = { monitor, sense };

/** `npm run pictures -- NAME…`: makes the pictures of a program anew, from the program itself, for its page in docs/. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(pictures, name));
  if (unknown.length > 0 || names.length === 0) {
    process.stderr.write(`Say of what: ${Object.keys(pictures).join(', ')}.\n`);
    return 2;
  }
  for (const name of names) await make(name as keyof typeof pictures);
  return 0;
}

async function make(name: keyof typeof pictures): Promise<void> {
  const folder = fileURLToPath(new URL(`../../docs/pictures/${name}/`, import.meta.url));
  await mkdir(folder, { recursive: true });
  const ground = await Ground.prepare(1);
  const end = (): void => void ground.clear().then(() => process.exit(1));
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    await pictures[name](ground, async (view, svg) => {
      await writeFile(`${folder}${view}.svg`, svg);
      ground.say(`docs/pictures/${name}/${view}.svg`);
    });
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
    await ground.clear();
  }
}

process.exitCode = await main(process.argv.slice(2));
