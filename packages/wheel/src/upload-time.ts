/** Whether a text is a time as indexes write it, `2024-01-31T12:00:00.123456Z`: in UTC, with six decimals at most (PEP 700), on a day that there was. */
export function isUploadTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/.test(text)) return false;
  const time = new Date(text);
  // "02-30" and "24:00" are another day to JavaScript, and an error to others, as is the end of the year 9999 to uv: one such
  // time, and it reads nothing of the page.
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === text.slice(0, 19) && text < '9999';
}

/** A time as indexes write it (PEP 700); undefined where it isn't known. */
export function formatUploadTime(uploadedAt: Date | string | null): string | undefined {
  if (uploadedAt === null) return undefined;
  if (typeof uploadedAt === 'string' && isUploadTime(uploadedAt)) return uploadedAt;
  const time = new Date(uploadedAt);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
