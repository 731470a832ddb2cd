/** What its reader can put right: `message` says what is wrong, `remedy` what to type or do next, one line each. */
export abstract class OperatorError extends Error {
  abstract readonly remedy: string;
  readonly exitCode: number = 1;
}

/** A program was called in a way that it doesn't know; it exits with 2. */
export class UsageError extends OperatorError {
  override readonly name = 'UsageError';
  override readonly exitCode = 2;
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** What a program won't or can't do, where the case deserves no class of its own. */
export class Refusal extends OperatorError {
  override readonly name = 'Refusal';
  readonly remedy: string;
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** An error with a remedy as an OperatorError, also where it comes from a library that may not know that class; else undefined. */
export function asOperatorError(error: unknown): OperatorError | undefined {
  if (error instanceof OperatorError) return error;
  if (!(error instanceof Error && 'remedy' in error && typeof error.remedy === 'string')) return undefined;
  return new Refusal(error.message, error.remedy, { cause: error });
}
