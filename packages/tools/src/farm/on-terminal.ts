import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Context } from '@piw/host/command';
import { ShutdownRequest } from '@piw/host/shutdown';
import { yesOrNo } from '../yes-or-no.ts';
import { farmOf, startApart } from './farm-apart.ts';
import { makeFarmFolder, whoFarms } from './folder.ts';
import { goesOnWords } from './goes-on-words.ts';
import { usualDir } from './options.ts';

/** A farm stops in this, in milliseconds; what doesn't is ended. */
const stopMs = 20_000;

const monitorBin = fileURLToPath(new URL('../../../monitor/bin/piw-monitor.js', import.meta.url));

/** Whether somebody sits there who could use a monitor. */
export const isOnTerminal = ({ stdout, env }: Context): boolean =>
  stdout.isTTY === true && process.stdin.isTTY && env['TERM'] !== 'dumb';

/**
 * Runs a farm apart from this terminal, with the monitor before it; one that runs on the folder already is shown. Who leaves the
 * monitor says whether the farm goes on; a terminal that is closed says nothing, and it does. Returns the exit code.
 */
export async function farmOnTerminal(dir: string, context: Context): Promise<number> {
  const { signal, print, stdout, typing } = context;
  const { run, logs } = await makeFarmFolder(dir);
  const running = await whoFarms(run);
  const farm =
    (running === null ? null : await farmOf(running)) ??
    (await startApart(logs, (text) => void stdout.write(text), signal));
  if (typeof farm === 'number') return farm;
  await showMonitor(dir, run, context);
  if (!(await farm.isRunning())) return 0;
  const goesOn = await yesOrNo('The farm still runs. Shall it go on in the background?', signal).catch(() => false);
  if (hungUp(signal)) return 0;
  if (goesOn === true) {
    print(goesOnWords(dir, typing));
    return 0;
  }
  print('stopping');
  await farm.stop(stopMs);
  return 0;
}

const hungUp = ({ reason }: AbortSignal): boolean => reason instanceof ShutdownRequest && reason.by === 'SIGHUP';

/** The monitor has the terminal until it is left. A run directory that commands find without the option is none of it. */
async function showMonitor(dir: string, run: string, { signal, env }: Context): Promise<void> {
  const [options, more] = dir === usualDir ? [[], { PIW_RUN_DIR: run }] : [['--run-dir', run], {}];
  const monitor = spawn(process.execPath, [monitorBin, ...options], { stdio: 'inherit', env: { ...env, ...more } });
  const end = (): unknown => monitor.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  await once(monitor, 'exit');
  signal.removeEventListener('abort', end);
}
