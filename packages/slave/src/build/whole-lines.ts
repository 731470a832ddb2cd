/** Hands pieces of output on in whole lines; `flush` hands on the last one, which may have no end. */
export interface WholeLines {
  readonly hear: (bytes: Uint8Array) => void;
  readonly flush: () => void;
}

/** More of a line than this is handed on in pieces. */
const mostBytes = 1 << 16;

/** Gathers lines, for those who must not look at half of one. */
export function wholeLines(hand: (text: string) => void): WholeLines {
  let kept: Buffer = Buffer.alloc(0);
  return {
    hear: (bytes) => {
      kept = Buffer.concat([kept, bytes]);
      const end = kept.length > mostBytes ? kept.length : kept.lastIndexOf('\n') + 1;
      if (end > 0) hand(kept.toString('utf8', 0, end));
      kept = kept.subarray(end);
    },
    flush: () => {
      if (kept.length > 0) hand(kept.toString('utf8'));
      kept = Buffer.alloc(0);
    },
  };
}
