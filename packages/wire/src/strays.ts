/** What was dropped since the last report. */
export interface StrayReport {
  readonly count: number;
  /** What was wrong with the latest, as printable text of 200 characters at most. */
  readonly example: string;
}

/** Messages that were dropped because they are none of the conversation's: counted, and reported once a minute. */
export class Strays {
  readonly #report: (report: StrayReport) => void;
  readonly #everyMs: number;
  #count = 0;
  #example = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(report: (report: StrayReport) => void, everyMs = 60_000) {
    this.#report = report;
    this.#everyMs = everyMs;
  }

  /** Counts one; the first is reported at once, what follows when the minute is over. */
  note(fault: string): void {
    this.#count++;
    this.#example = printable(fault);
    if (!this.#timer) this.#tell();
  }

  /** Reports what wasn't yet. */
  close(): void {
    clearTimeout(this.#timer);
    this.#tell();
    clearTimeout(this.#timer);
  }

  #tell(): void {
    this.#timer = undefined;
    if (this.#count === 0) return;
    const report = { count: this.#count, example: this.#example };
    this.#count = 0;
    this.#timer = setTimeout(() => this.#tell(), this.#everyMs).unref();
    this.#report(report);
  }
}

/** A stranger's words must not steer a terminal or flood a log. */
const printable = (text: string): string => text.slice(0, 200).replace(/[^\x20-\x7e]/g, '?');
