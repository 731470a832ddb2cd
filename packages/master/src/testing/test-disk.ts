import { OutputDisk } from '../output-disk.ts';

/** An output disk that has as much room as a test says. */
export class TestDisk extends OutputDisk {
  readonly #disk: { diskFreeBytes: number };

  constructor(place: ConstructorParameters<typeof OutputDisk>[0]) {
    const disk = { diskFreeBytes: Infinity, diskSizeBytes: Infinity };
    super(place, () => Promise.resolve(disk));
    this.#disk = disk;
  }

  /** From now on so much is free, and the master has seen it. */
  async becomes(diskFreeBytes: number): Promise<void> {
    this.#disk.diskFreeBytes = diskFreeBytes;
    await this.look();
  }
}
