import type { Ground } from './ground.ts';
import type { RunningMaster } from './run-master.ts';
import { SimulatedSlave } from './simulated-slave.ts';

/**
 * Slaves that build as many as a thousand do, less those that a loopback has no room for: each of them for 10 to 30 s, with a beat each
 * 10 s. They go on until they are closed.
 */
export async function busySlaves(ground: Ground, { slaveQueue }: RunningMaster): Promise<{ close(): void }> {
  const count = ground.scaled(980);
  const slaves = Array.from({ length: count }, (_, n) => new SimulatedSlave(slaveQueue, `slave-${n}`, 9 + (n % 4)));
  await Promise.all(slaves.map(({ welcomed }) => welcomed));
  for (const slave of slaves) {
    slave.onBuild = ({ attempt }) => setTimeout(() => slave.fail(attempt), 10_000 + 20_000 * Math.random());
    slave.ready();
  }
  const beats = setInterval(() => {
    for (const slave of slaves) void slave.beat();
  }, 10_000);
  return {
    close: () => {
      clearInterval(beats);
      for (const slave of slaves) slave.close();
    },
  };
}
