/** Where a wheel is published, below the output directory: by its SHA-256, so that its content never changes. */
export const wheelPath = (sha256: string, filename: string): string =>
  `packages/${sha256.slice(0, 2)}/${sha256.slice(2)}/${filename}`;

/** Where the log of an ended attempt is, below the output directory: 123456789 is `logs/0001/2345/6789.txt.gz`. */
export function logPath(attempt: number): string {
  const digits = String(attempt).padStart(12, '0');
  return `logs/${digits.slice(0, -8)}/${digits.slice(-8, -4)}/${digits.slice(-4)}.txt.gz`;
}
