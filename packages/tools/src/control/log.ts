import { stripVTControlCharacters } from 'node:util';
import { type Context, command } from '@piw/host/command';
import { statusAddress } from '@piw/operator/control-address';
import { withControl } from '@piw/operator/with-control';
import type { ControlClient } from '@piw/wire/control-client';
import { followLog, type LogPiece } from '@piw/wire/log-feed';
import { withLookOptions } from './look.ts';
import { withAttempt } from './which-attempt.ts';

export const logCommand = command({
  command: 'log <attempt>',
  describe: "Print an attempt's log, of one that runs too",
  builder: (yargs) =>
    withAttempt(withLookOptions(yargs)).option('follow', {
      ...{ alias: 'f', type: 'boolean', default: false },
      describe: 'Go on to its end as it is written',
    }),
  handler: ({ attempt, follow, json, ...args }, context) =>
    withControl(args, async (control) => {
      const { signal } = context;
      const pieces = follow
        ? followLog({ statusAddress: statusAddress(control.address, args), control, attempt }, signal)
        : soFar(control, attempt, signal);
      const show = json ? asJson(context) : asText(context);
      for await (const piece of pieces) {
        show(piece);
        await context.delivered();
      }
      signal.throwIfAborted();
    }),
});

/** What a question brings at most, in bytes. */
const limit = 1 << 18;

/** A log as it is now. */
async function* soFar(control: ControlClient, attempt: number, signal: AbortSignal): AsyncGenerator<LogPiece, void> {
  for (let from = 0, whole = false; !whole; ) {
    const { offset, bytes, sizeBytes, ended } = await control.ask('LOG', { attempt, offset: from, limit }, { signal });
    from = offset + bytes.length;
    whole = bytes.length === 0 || from >= sizeBytes;
    yield { offset, bytes, ended: ended && whole };
  }
}

type Show = (piece: LogPiece) => void;

/** A JSON line a piece. */
function asJson({ print }: Context): Show {
  const decoder = new TextDecoder();
  return ({ offset, bytes, ended }) =>
    print(JSON.stringify({ offset, text: decoder.decode(bytes, { stream: !ended }), ended }));
}

/** The text as it is; a terminal is spared what would command it. */
function asText({ stdout }: Context): Show {
  const decoder = new TextDecoder();
  const fit = stdout.isTTY === true ? harmless : (text: string) => text;
  return ({ bytes, ended }) => {
    const text = fit(decoder.decode(bytes, { stream: !ended }));
    if (text !== '') stdout.write(text);
  };
}

const harmless = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
