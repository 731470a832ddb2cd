import type { Task } from '@piw/host/run-tasks';
import { BuildChooser } from './choose-builds/build-chooser.ts';
import { SlaveDriver } from './drive-slaves/driver.ts';
import { UpstreamFollower } from './follow-pypi/upstream-follower.ts';
import { Accountant } from './keep-count/accountant.ts';
import { followKeys } from './let-in/follow-keys.ts';
import type { OpenTasks } from './main.ts';
import { FileReceiver } from './receive-files/file-receiver.ts';
import { OrderDesk } from './take-orders/order-desk.ts';
import { LogKeeper } from './write-site/log-keeper.ts';
import { SiteWriter } from './write-site/site-writer.ts';

/**
 * Opens the master's tasks by the names of their rooms, and introduces those to each other that have to do with each other.
 * Where one can't be opened, the others are closed again.
 */
export const openTasks: OpenTasks = async (premises) => {
  const opened: Record<string, Task> = {};
  const add = <T extends { run: Task }>(name: string, task: T): T => {
    opened[name] = (signal) => task.run(signal);
    return task;
  };
  try {
    const logs = add('keep-logs', await LogKeeper.open(premises));
    const files = add('receive-files', await FileReceiver.open(premises));
    const driver = add('drive-slaves', await SlaveDriver.open(premises, files, logs));
    add('choose-builds', new BuildChooser(premises, driver));
    const accountant = add('keep-count', await Accountant.open(premises, driver));
    add('take-orders', await OrderDesk.open(premises, { driver, accountant, logs }));
    add('write-site', new SiteWriter(premises));
    add('follow-pypi', await UpstreamFollower.open(premises, { driver, logs }));
    opened['let-in'] = (signal) => followKeys(premises, signal);
    return opened;
  } catch (error) {
    await Promise.all(Object.values(opened).map((run) => run(AbortSignal.abort())));
    throw error;
  }
};
