import { onTestFinished } from 'vitest';
import { ControlClient } from '../control-client.ts';
import { type ControlType, control } from '../control-protocol.ts';
import { type Answerers, type AnswerOptions, type ControlServer, openControl } from '../control-server.ts';

/** A control queue that answers some questions, and calls any other a bug, until the test is over. */
export async function openTestControl(
  address: string,
  some: Partial<Answerers>,
  options: Partial<Pick<AnswerOptions, 'onBug' | 'onLate' | 'gate'>> = {},
): Promise<ControlServer> {
  const unanswered = () => Promise.reject(new Error('not in this test'));
  const every = Object.fromEntries(Object.keys(control).map((question) => [question as ControlType, unanswered]));
  const server = await openControl({
    address,
    answerers: { ...(every as unknown as Answerers), ...some },
    onBug: () => {},
    ...options,
  });
  const stop = new AbortController();
  const running = server.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    server.close();
    await running;
  });
  return server;
}

/** A client that is closed when the test is over. */
export function testClient(address: string): ControlClient {
  const client = new ControlClient({ address, from: 'ann@desk.example' });
  onTestFinished(() => client.close());
  return client;
}
