import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

/** Builds what is stale, then runs a program of `test/` with this command's words. */
export async function runBuilt(path) {
  await prepare();
  const program = fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the program by itself, which ends what it began.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
