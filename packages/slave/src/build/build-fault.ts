import type { PipelineOutcome, Reason, ReasonKind } from '@piw/wheel/outcome';
import { oneLine } from './one-line.ts';

/** Ends an attempt, from however deep in a step, with the outcome and reason that it carries. */
export class BuildFault extends Error {
  override readonly name = 'BuildFault';
  readonly outcome: PipelineOutcome;
  readonly reason: Reason;

  constructor(outcome: PipelineOutcome, reason: Reason) {
    super(reason.text);
    this.outcome = outcome;
    this.reason = reason;
  }
}

/** A fault whose reason is put together here; overlong texts of strangers are cut to what the wire carries. */
export const fault = (outcome: PipelineOutcome, kind: ReasonKind, subject: string | null, text: string): BuildFault =>
  new BuildFault(outcome, {
    kind,
    subject: subject === null ? null : oneLine(subject, 200),
    text: oneLine(text, 2000),
  });

/** The fault of a command that failed for this reason. */
export const failed = ({ kind, subject, text }: Reason): BuildFault =>
  fault(kind === 'memory-limit' ? 'memory' : 'failure', kind, subject, text);
