import { type Notice, noteTold, untoldAttention } from '@piw/db/attention-told';
import { runTasks, type Task } from '@piw/host/run-tasks';
import type { Premises } from '../premises.ts';
import { restlessly } from '../restlessly.ts';
import { runAttentionCommand } from './attention-command.ts';
import { attentionMail } from './attention-mail.ts';

/** Attention is looked for this often when nobody tells of it; a mail server that fails is left alone longer each time. Milliseconds. */
const lookMs = 5000;
const longestMs = 30 * 60_000;

/** How long a mail server may take to answer, in milliseconds. */
const patienceMs = 20_000;

/** The task that tells people who don't watch what needs them, by a command, by mail, or both; each thing once. */
export async function tellAttention(premises: Premises, signal: AbortSignal): Promise<void> {
  const { command, mail } = premises.options.attention;
  const tasks: Record<string, Task> = {};
  if (command !== null) tasks['command'] = (aborted) => runCommands(premises, command, aborted);
  if (mail !== null) tasks['mail'] = (aborted) => sendMails(premises, mail, aborted);
  await runTasks(tasks, signal, premises.log);
}

/** One command at a time, in the order in which things happened. */
async function runCommands(premises: Premises, line: string, signal: AbortSignal): Promise<void> {
  const { pool, log } = premises;
  await restlessly(premises, signal, async () => {
    for (const notice of await untoldAttention(pool, 'command')) {
      const { ended, output } = await runAttentionCommand(line, notice, signal);
      if (signal.aborted) break; // it was killed with the master, and is told again
      if (ended !== 'exit 0')
        log.warn(`the attention command for ${nameOf(notice)}: ${ended}${output && `: ${output}`}`);
      else if (output) log.info(`the attention command for ${nameOf(notice)}: ${output}`);
      await noteTold(pool, 'command', [notice]);
    }
    return lookMs;
  });
}

/** Everything that is new in one mail, and no second one within a minute. */
async function sendMails(
  premises: Premises,
  { to, from, smtpUrl }: NonNullable<Premises['options']['attention']['mail']>,
  signal: AbortSignal,
): Promise<void> {
  const { pool, log, options } = premises;
  const patience = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs };
  // Most masters send no mail, and this is two megabytes of memory.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ url: smtpUrl, ...patience });
  let failures = 0;
  await restlessly(premises, signal, async () => {
    const news = await untoldAttention(pool, 'mail');
    if (news.length === 0) return Math.min(lookMs, options.periods.mailMs);
    try {
      await transport.sendMail({ to, from, ...attentionMail(options.name, news) });
    } catch (error) {
      failures += 1;
      log.warn(`mail to ${to} waits: ${(error as Error).message}`);
      return Math.min(longestMs, options.periods.mailMs * 2 ** (failures - 1));
    }
    failures = 0;
    await noteTold(pool, 'mail', news);
    return options.periods.mailMs;
  });
  transport.close();
}

const nameOf = ({ kind, subject, state }: Notice): string => `${kind} ${subject} (${state})`;
