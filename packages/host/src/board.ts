import { availableParallelism, type } from 'node:os';
import { join } from 'node:path';
import { machineFile } from './machine-file.ts';

/** What kind of machine this is, as it presents itself to people; null is what it doesn't tell. */
export interface Board {
  readonly model: string | null;
  readonly os: string;
  readonly cpus: number;
  readonly serial: string | null;
}

/** Describes the machine: model and serial from the device tree (else DMI's product), the system from os-release(5). */
export async function readBoard(root = '/'): Promise<Board> {
  const [tree, product, release, serial] = await Promise.all([
    machineFile(join(root, 'proc/device-tree/model')),
    machineFile(join(root, 'sys/class/dmi/id/product_name')),
    machineFile(join(root, 'etc/os-release')),
    machineFile(join(root, 'proc/device-tree/serial-number')),
  ]);
  return {
    model: tree || product || null,
    os: prettyName(release ?? '') ?? type(),
    cpus: availableParallelism(),
    serial: serial || null,
  };
}

const prettyName = (osRelease: string): string | undefined => /^PRETTY_NAME=(["']?)(.+)\1$/m.exec(osRelease)?.[2];
