import { farmNow } from '@piw/operator/farm-clock';
import { age } from '@piw/operator/moment';
import { silentMs } from '@piw/operator/silence';
import { courseWish } from './course.ts';
import { activityOf } from './facts.ts';
import { figuresOf } from './figures.ts';
import { slaveAt } from './nodes.ts';
import { itemOf } from './reels.ts';
import type { Sense } from './sense.ts';

/** What is seen, in a line of words, for who has room for them. */
export function captionOf(sense: Sense): string {
  const { page } = sense;
  switch (page.at) {
    case 'main':
      return [selectedWords(sense), ...troubleWords(sense)].join('  ');
    case 'reel':
      return itemOf(sense, page).text;
    case 'graph':
      return `${figuresOf(sense)[page.figure]?.name ?? ''} of the last ${page.range}${courseWish(sense) ? '' : ': not kept'}`;
    case 'sure':
      return `${page.choice.words}? ${page.yes ? 'no [yes]' : '[no] yes'}`;
    case 'told':
      return page.text;
  }
}

function selectedWords(sense: Sense): string {
  const { selected, trouble } = sense;
  const { board } = sense.feed;
  if (!board) return `master: ${trouble ?? 'not heard yet'}`;
  if (selected === 'master') return `master of ${board.farm.name}`;
  const slave = slaveAt(board, selected);
  return slave ? `${slave.label}: ${activityOf(slave, farmNow(sense))}` : 'not on the board';
}

function troubleWords({ feed: { board, heardMs, trouble }, nowMs }: Sense): string[] {
  const isSilent = heardMs !== null && (trouble !== null || nowMs - heardMs > silentMs);
  const silent = isSilent ? [`not heard for ${age(heardMs, nowMs)}`] : [];
  const count = board?.attention.size ?? 0;
  return [...silent, ...(count > 0 ? [`${count} need${count === 1 ? 's' : ''} attention`] : [])];
}
