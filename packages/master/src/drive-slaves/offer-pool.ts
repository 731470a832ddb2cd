import { createHash } from 'node:crypto';
import type { Hello } from '@piw/wire/slave-protocol';
import type { TargetOffer } from '@piw/wire/vocabulary';

/** What a text takes beside its letters, in bytes. */
const textBytes = 32;

/** What slaves offer, once for all that offer the same: a thousand with one Python would otherwise keep its thousand tags a thousand times. */
export class OfferPool {
  readonly #offers = new Map<string, WeakRef<TargetOffer>>();
  readonly #sizes = new WeakMap<object, number>();
  readonly #unused = new FinalizationRegistry<string>((name) => {
    if (!this.#offers.get(name)?.deref()) this.#offers.delete(name);
  });

  /** The same HELLO, with the offers that others came with before it, where they are the same. */
  share(hello: Hello): Hello {
    return { ...hello, targets: hello.targets.map((offer) => this.#shared(offer)) };
  }

  /** About how many bytes it takes to keep these HELLOs, which were shared. */
  weigh(hellos: readonly Hello[]): number {
    const kept = new Set<object>(hellos.flatMap(({ targets, capabilities }) => [...targets, capabilities]));
    let bytes = 0;
    for (const item of kept) bytes += this.#sizeOf(item);
    return bytes;
  }

  #shared(offer: TargetOffer): TargetOffer {
    const name = createHash('sha1').update(JSON.stringify(offer)).digest('base64');
    const known = this.#offers.get(name)?.deref();
    if (known) return known;
    this.#offers.set(name, new WeakRef(offer));
    this.#unused.register(offer, name);
    return offer;
  }

  #sizeOf(item: object): number {
    const known = this.#sizes.get(item);
    if (known !== undefined) return known;
    const size = bytesOf(item);
    this.#sizes.set(item, size);
    return size;
  }
}

/** Of texts, and of lists and maps of them; a number counts as a short text. */
function bytesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return textBytes + String(value).length;
  return Object.entries(value).reduce((bytes, [name, part]) => bytes + name.length + bytesOf(part), textBytes);
}
