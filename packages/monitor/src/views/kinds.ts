/** What follows from an item of either of two kinds: by the first function from those of the kind that is named, by the second from the others. */
export const byKind =
  <A extends { readonly is: string }, B extends { readonly is: string }>(first: A['is']) =>
  <T>(ofFirst: (item: A) => T, ofOther: (item: B) => T) =>
  (item: A | B): T =>
    item.is === first ? ofFirst(item as A) : ofOther(item as B);
