import { createRequire } from 'node:module';

/**
 * Reads the HAT's sensors for `followSensors`, in a process of its own: nodeimu ends the process that it finds no sensors in, prints to
 * standard output, and writes its settings into the folder that it runs in. Its first word names node-sense-hat's entry file.
 */
interface Library {
  readonly IMU: new () => { readonly getValue: (done: (error: unknown, data: unknown) => void) => void };
}

const [, , entry = 'node-sense-hat'] = process.argv;
/** So soon the first time, as the sensors warm up, and so often then, in milliseconds. */
const soonMs = 200;
const againMs = 5000;

const { IMU } = createRequire(entry)('nodeimu') as Library;
const imu = new IMU();
process.on('disconnect', () => process.exit(0));
look();
setTimeout(look, soonMs);
setInterval(look, againMs);

function look(): void {
  imu.getValue((_, data) => void process.send?.(data ?? null));
}
