import { join } from 'node:path';
import type { Ground } from '../bench/ground.ts';
import { cleanEnv } from '../fixtures/run-program.ts';
import { keys, TerminalProgram } from '../fixtures/terminal.ts';
import { onShelf, setStage } from './stage.ts';
import { svgOf } from './svg.ts';

/** A view: its name, what it shows, the keys that lead there, and what is seen when it is there. */
interface Shot {
  readonly name: string;
  readonly about: string;
  readonly type: string;
  readonly sees: RegExp;
}

const shots: readonly Shot[] = [
  { name: 'builders', about: 'Builders', type: '1jj', sees: /^>.*shelf-2/ },
  { name: 'builder', about: 'One builder', type: `1g${keys.down}${keys.enter}`, sees: /under way/ },
  { name: 'queue', about: 'Queue', type: '2', sees: /thistle +1\.3/ },
  { name: 'builds', about: 'Builds', type: '3', sees: /success +lantern/ },
  { name: 'build', about: 'One build', type: `/quill\r${keys.enter}`, sees: /log of attempt .* ended/ },
  { name: 'failures', about: 'Failures', type: '4', sees: /missing-header +ffi\.h/ },
  { name: 'package', about: 'Package', type: ':package lantern\r', sees: /^.* 0\.9 / },
  { name: 'why', about: 'Why', type: `2G${keys.enter}`, sees: /ahead of it/ },
  { name: 'charts', about: 'Charts', type: '6', sees: /By target .*an hour/ },
  { name: 'journal', about: 'Journal', type: '7', sees: /pause +shelf-3/ },
  { name: 'help', about: 'Help', type: '1?', sees: /:builders / },
];

/** Drives the real monitor over a real farm through all of its views; each is a picture. */
export async function monitor(ground: Ground, keep: (name: string, svg: string) => Promise<void>): Promise<void> {
  const farm = await setStage(ground);
  const env = { ...cleanEnv(), XDG_STATE_HOME: join(ground.dir, 'state') };
  const around = { env, within: onShelf, columns: 120, rows: 24 };
  const screen = TerminalProgram.start(['monitor', 'piw-monitor'], ['--run-dir', join(farm.dir, 'run')], around);
  ground.later(async () => {
    screen.kill('SIGTERM');
    await screen.exit;
  });
  await screen.sees(/heard .* ago/);
  for (const { name, about, type, sees } of shots) {
    screen.type(type);
    await screen.sees(sees);
    await keep(name, svgOf(screen.cells, `piw-monitor: ${about}`));
  }
}
