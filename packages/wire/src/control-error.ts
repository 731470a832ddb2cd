/**
 * A question that has no answer. `refused`: the master says why; `unadmitted`: the two don't agree on keys; `absent`: nobody took it; `silent`: it was taken, and may have been
 * carried out, but no answer came; `garbled`: the answer isn't one that this program knows.
 */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly exitCode = 1;
  readonly kind: 'refused' | 'unadmitted' | 'absent' | 'silent' | 'garbled';
  readonly remedy: string;

  constructor(kind: ControlError['kind'], message: string, remedy: string) {
    super(message);
    this.kind = kind;
    this.remedy = remedy;
  }
}
