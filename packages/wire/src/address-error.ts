/** An address that can't be used as it was meant; for people, with what to do about it (both one line each). */
export class AddressError extends Error {
  override readonly name = 'AddressError';
  readonly exitCode = 1;
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
