/**
 * A stranger's text on one line, without what no database keeps and no terminal should be sent: control characters, halves of
 * characters, ends of lines, and what turns the direction of the text around it.
 */
export const plainText = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ');
