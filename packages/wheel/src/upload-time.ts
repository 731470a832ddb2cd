/** Whether a text is a time as indexes write it, `2024-01-31T12:00:00.123456Z`: in UTC, with six decimals at most (PEP 700). */
export const isUploadTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** A time as indexes write it (PEP 700); undefined where it isn't known. */
export function formatUploadTime(uploadedAt: Date | string | null): string | undefined {
  if (uploadedAt === null) return undefined;
  if (typeof uploadedAt === 'string' && isUploadTime(uploadedAt)) return uploadedAt;
  const time = new Date(uploadedAt);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
