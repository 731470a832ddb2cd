/** What pip's session says of a connection that failed, in the words of whoever refused it: nested exceptions and addresses of objects left out. */
export function networkFault(text: string): string {
  const [words = text] = plain.flatMap((pattern) => pattern.exec(text)?.slice(1) ?? []);
  return words.replace(/\s+/g, ' ').trim().slice(0, 300).replace(/\.$/, '');
}

/** The operating system's words, those of TLS, those of a time limit. */
const plain = [
  /\[Errno -?\d+\] ([^'"()<>]{1,200})/,
  /(certificate verify failed: [^'"()<>]{1,200})/,
  /(timed out)/,
  /(too many redirects)/i,
];
