import { setRecipe } from '@piw/db/recipe';
import { carryOut } from './carry-out.ts';
import type { Answering } from './office.ts';
import { whoOf } from './who.ts';

/** What is particular about building a package. Builds that run go on as they began. */
export const recipeOrders: Answering<'RECIPE'> = (office) => ({
  RECIPE: ({ package: name, recipe }, from) =>
    carryOut(office, { order: 'RECIPE', who: whoOf(from) }, async (tx) => {
      const { woken } = await setRecipe(tx, name, recipe);
      const text = recipe
        ? `It is built by this recipe from now on: ${JSON.stringify(recipe)}`.slice(0, 2000)
        : 'It is built as any other package from now on.';
      return {
        done: [{ subject: name, text }],
        woken,
        afterwards: () => void office.premises.bulletin.emit('needs'),
      };
    }),
});
