const control = /[\u0000-\u001f\u007f-\u009f]+/g;

/** A stranger's words as one line of so many characters at most, without what could steer a terminal. */
export const oneLine = (text: string, maxLength: number): string =>
  text.replace(control, ' ').trim().slice(0, maxLength);

/** A stranger's output for a terminal: lines, tabs and returns stay, escapes don't. */
export const harmlessOutput = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '');
