import { StringDecoder } from 'node:string_decoder';
import { groundAnswered } from './ground.ts';
import { isKey } from './key-sequence.ts';
import { type Mouse, mouseOf } from './mouse.ts';
import { bounded, isPaste, type Token, takeTokens } from './tokens.ts';

/** What a terminal tells. */
export interface Heard {
  /** Characters that were typed, or one key that is none, as ink reads it. */
  readonly keys: (bytes: string) => void;
  readonly paste: (text: string) => void;
  /** Who has it wants to hear of the mouse. */
  readonly mouse?: (mouse: Mouse) => void;
  /** The answer to the question about it. */
  readonly ground?: (ground: 'dark' | 'light') => void;
}

/** An ESC to which nothing comes in this time is the Esc key, in milliseconds: over a slow line the rest of a sequence comes later than its ESC. */
const escMs = 50;
/** For so long what follows the Esc key may be a sequence after all; and who held Alt with a bracket is typing again. */
const graceMs = 2000;

/** A sequence of which the ESC was taken for the Esc key: what a terminal sends at once, people type one by one. */
const tail = /^(?:\[|O[A-DFHP-S]|\]\d)/;

/** The Esc key, as kitty's keyboard protocol has it: ink needn't wait whether more follows. */
const escKey = '\x1b[27u';

/** Makes keys, pastes, the mouse and answers out of the bytes of a terminal, however they are cut. What it doesn't know is none of them. */
export class TerminalInput {
  readonly #heard: Heard;
  #decoder = new StringDecoder('utf8');
  #begun = '';
  /** The last that was heard was an Esc key by itself. */
  #escaped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  readonly hear = (data: Buffer): void => {
    const said = this.#decoder.write(data);
    if (said === '') return;
    clearTimeout(this.#timer);
    const known = this.#escaped && tail.test(said) ? `\x1b${said}` : this.#joined(said);
    this.#escaped = false;
    const { tokens, begun } = takeTokens(known);
    this.#begun = bounded(begun);
    for (const token of tokens) this.#tell(token);
    this.#wait();
  };

  /** Forgets what has no end yet. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#decoder = new StringDecoder('utf8');
    this.#begun = '';
    this.#escaped = false;
  }

  /** Ctrl-C by itself ends a paste whose end was lost; without that the keyboard would be dead. */
  #joined(said: string): string {
    return said === '\x03' && isPaste(this.#begun) ? said : this.#begun + said;
  }

  #tell({ is, text }: Token): void {
    switch (is) {
      case 'typed':
        return this.#type(text);
      case 'esc':
        return this.#heard.keys(escKey);
      case 'paste':
        return this.#heard.paste(text);
      case 'answer': {
        const ground = groundAnswered(text);
        return ground === null ? undefined : this.#heard.ground?.(ground);
      }
      case 'sequence': {
        const mouse = mouseOf(text);
        if (mouse !== null) this.#heard.mouse?.(mouse);
        else if (isKey(text)) this.#heard.keys(text);
      }
    }
  }

  /** Backspace is DEL on most terminals, and what ink calls so is another key. Bytes that are no text, and controls of 8 bits, are nothing. */
  #type(text: string): void {
    const typed = text.replaceAll('\x7f', '\b').replace(/[\x80-\x9f\ufffd]/g, '');
    if (typed !== '') this.#heard.keys(typed);
  }

  /** What surely is a sequence is waited for, however long its rest takes. */
  #wait(): void {
    if (this.#begun === '\x1b') this.#timer = setTimeout(() => this.#escape(), escMs);
    else if (this.#begun.length === 2) this.#timer = setTimeout(() => this.reset(), graceMs);
  }

  #escape(): void {
    this.#begun = '';
    this.#escaped = true;
    this.#timer = setTimeout(() => this.reset(), graceMs);
    this.#heard.keys(escKey);
  }
}
