import { verifyWheel } from '@piw/wheel/soundness';
import type { Verdict, WheelExpectation } from '@piw/wheel/wheel-file';

/** A wheel at a path, and what it must be. */
export interface WheelQuestion {
  readonly path: string;
  readonly expected: WheelExpectation;
}

/** How the wheel is, or why its file can't be read at all. */
export type WheelAnswer = Verdict | { readonly unreadable: string };

/** Whether a wheel is what it must be; never rejects because of the disk. */
export async function judgeWheel({ path, expected }: WheelQuestion): Promise<WheelAnswer> {
  try {
    return await verifyWheel(path, expected);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return { unreadable: error.message };
  }
}
