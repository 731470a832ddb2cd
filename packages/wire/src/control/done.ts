import { z } from 'zod';
import { sentence } from '../vocabulary.ts';

/** The answer to most orders. */
export const done = z
  .object({
    done: z.array(z.object({ subject: z.string(), text: sentence })),
    refused: z.array(z.object({ subject: z.string(), text: sentence })),
  })
  .meta({ id: 'done', description: 'What an order did, a line each; what it could not do, with the reason.' });
