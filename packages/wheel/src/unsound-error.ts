/** What was read is broken or lies; each fault is a sentence that says how. Not an OperatorError: the file is at fault. */
export class UnsoundError extends Error {
  override readonly name = 'UnsoundError';
  readonly faults: readonly string[];

  constructor(...faults: [string, ...string[]]) {
    super(faults.join(' '));
    this.faults = faults;
  }
}

/** So many faults are told; a thousandth tells nobody more. */
const mostFaults = 20;

/** Throws an UnsoundError where there is any fault in these lists; it names the first twenty. */
export function refuseIfAny(...lists: readonly Iterable<string>[]): void {
  const faults: string[] = [];
  for (const list of lists)
    for (const fault of list) {
      if (faults.length === mostFaults) throw new UnsoundError(`There are more than ${mostFaults} faults:`, ...faults);
      faults.push(fault);
    }
  const [first, ...more] = faults;
  if (first !== undefined) throw new UnsoundError(first, ...more);
}

/** Text from a stranger, fit to stand in a sentence: in quotes, control characters escaped, 200 characters at most. */
export const quoted = (text: string): string => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
