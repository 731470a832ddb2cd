import type { LogFile } from './log-file.ts';

/** A log that everybody may read: texts go through `publicWords` on their way; bytes, a build's own, are written as they are. */
export const publicLog = (log: LogFile, publicWords: (text: string) => string): LogFile => ({
  path: log.path,
  get bytes() {
    return log.bytes;
  },
  tail: () => log.tail(),
  write: (text) => log.write(typeof text === 'string' ? publicWords(text) : text),
  section: (name) => log.section(name),
  close: () => log.close(),
});
