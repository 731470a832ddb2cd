/** A day in UTC, `2026-01-31`; milliseconds since 1970. */
export const Day = ({ ms }: { readonly ms: number }) => {
  const time = new Date(ms).toISOString();
  return (
    <time class="faint" dateTime={time}>
      {time.slice(0, 10)}
    </time>
  );
};
