/** Somebody named a package, version or target that the farm doesn't know; the remedy is a command. */
export class UnknownCellError extends Error {
  override readonly name = 'UnknownCellError';
  readonly exitCode = 1;
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
