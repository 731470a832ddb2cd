/** A key, a file of keys, or a door that a key doesn't open; for people, with what to do about it (both one line each). */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly exitCode = 1;
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
