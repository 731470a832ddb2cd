import { Refusal } from '@piw/host/operator-error';
import { type DeviceFiles, openDeviceFiles } from './device-files.ts';
import type { Terminal } from './emulator.ts';
import { findDeviceFiles } from './find-device-files.ts';
import type { Hat, HatEvents } from './hat.ts';
import { openSenseHat, type SenseHatLibrary } from './node-sense-hat.ts';

/** Opens the hat that was chosen. */
export type OpenHat = (heard: HatEvents) => Promise<Hat>;

/** What says which hat is meant. */
export interface HatChoice {
  readonly driver: 'files' | 'node-sense-hat' | 'emulator';
  readonly framebuffer: string | undefined;
  readonly joystick: string | undefined;
  /** Null where there is no terminal. */
  readonly terminal: Terminal | null;
  readonly library: SenseHatLibrary | null;
}

/** The hat that is meant; throws a Refusal that says what to do where there is none. */
export async function chooseHat(choice: HatChoice): Promise<OpenHat> {
  switch (choice.driver) {
    case 'emulator': {
      const { terminal } = choice;
      if (!terminal) throw new Refusal('This is no terminal to draw on.', 'Run "piw-sense --emulate" in one.');
      const { openEmulator } = await import('./emulator.ts'); // no HAT needs what a terminal does
      return (heard) => Promise.resolve(openEmulator(terminal, heard));
    }
    case 'node-sense-hat': {
      const { library } = choice;
      if (!library)
        throw new Refusal(
          'node-sense-hat is not installed, or finds no HAT.',
          'Install it as deploy/README.md says, or leave --driver out.',
        );
      const { joystick = (await findDeviceFiles()).joystick } = choice;
      if (joystick === undefined) throw noHat();
      return (heard) => openSenseHat(library, joystick, heard);
    }
    case 'files': {
      const files = await filesOf(choice);
      return (heard) => openDeviceFiles(files, heard);
    }
  }
}

async function filesOf({ framebuffer, joystick }: HatChoice): Promise<DeviceFiles> {
  const found = await findDeviceFiles();
  const files = { framebuffer: framebuffer ?? found.framebuffer, joystick: joystick ?? found.joystick };
  if (files.framebuffer === undefined || files.joystick === undefined) throw noHat();
  return { framebuffer: files.framebuffer, joystick: files.joystick };
}

const noHat = (): Refusal =>
  new Refusal(
    'There is no Sense HAT on this machine.',
    'Use --emulate to see it in this terminal, or name its device files with --framebuffer and --joystick.',
  );
