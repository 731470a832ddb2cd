/** pip could not do what it was asked: no connection, too many bytes, killed; `kind` is the Python exception's name. */
export class PipError extends Error {
  override readonly name = 'PipError';
  readonly kind: string;

  constructor({ error, text }: { readonly error: string; readonly text: string }) {
    super(text);
    this.kind = error;
  }
}
