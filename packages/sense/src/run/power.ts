import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export type PowerVerb = 'reboot' | 'poweroff';

/** Asks systemd to reboot this machine or to power it off (systemctl(1)); rejects with the reason where this account may not. */
export async function power(verb: PowerVerb, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn('systemctl', ['--no-ask-password', verb], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const said = text(child.stderr);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0) return;
  const [why = ''] = (await said).trim().split('\n');
  throw new Error(`not permitted: ${why || `systemctl ended with ${code}`}`);
}

/** An emulator runs on the operator's own machine, which is not the one that they mean. */
export const powerNowhere = (verb: PowerVerb): Promise<void> =>
  Promise.reject(new Error(`no ${verb} from here: no Pi wears these lights`));
