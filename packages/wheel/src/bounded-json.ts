/** Of values more than half a million files have, and fewer than would cost a gibibyte. */
const mostValues = 5_000_000;

/** What a stranger's JSON says; null where it is none, or has so many values that they would fill the memory. */
export function boundedJson(text: string): unknown {
  if (values(text) > mostValues) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** How many values a text can have at most, those in strings counted with them: each follows a comma or a bracket. */
function values(text: string): number {
  let count = 1;
  for (let i = 0; i < text.length && count <= mostValues; i += 1) {
    const code = text.charCodeAt(i);
    if (code === comma || code === bracket || code === brace) count += 1;
  }
  return count;
}

const comma = 0x2c;
const bracket = 0x5b;
const brace = 0x7b;
