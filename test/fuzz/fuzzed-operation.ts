import type { DocumentedOperation } from '../front-door/document.js';
import type { LivedHouse } from '../front-door/lived-house.js';
import { join } from '../front-door/people.js';
import { RECIPES, type Recipe } from '../front-door/recipes/index.js';
import type { FuzzedOperation } from './configuration.js';

/** How many things of its own an operation may change or end. */
const THINGS = 4;

/** Who asks, and about what that exists: by the recipe, so that as much as can be succeeds. */
export async function fuzzedOperation(operation: DocumentedOperation, house: LivedHouse): Promise<FuzzedOperation> {
  const recipe = RECIPES[operation.id];
  if (!recipe) throw new Error(`${operation.id} has no recipe: see test/front-door/recipes.`);
  const values: Record<string, string[]> = {};
  if (operation.path.includes('{')) {
    for (let made = 0; made < THINGS; made += 1) {
      const { params = {} } = await recipe.request(house, 'key');
      for (const [name, value] of Object.entries(params)) {
        if (values[name]?.includes(value) !== true) (values[name] ??= []).push(value);
      }
    }
  }
  return { id: operation.id, credential: await credentialFor(recipe, house), params: values };
}

/** What ends sessions must not end those of the others: each such operation has a person of its own. */
async function credentialFor(recipe: Recipe, house: LivedHouse): Promise<string | undefined> {
  if (recipe.roles === 'anybody') return undefined;
  if (recipe.bySessionOnly) return (await join(house, 'admin')).accessToken;
  if (recipe.roles.includes('operator')) return house.door.operatorKey;
  return recipe.roles.includes('admin') ? house.adminKey : house.agentsToken;
}
