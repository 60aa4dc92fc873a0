import type { DocumentedOperation } from '../front-door/document.js';
import type { PopulatedOrganization } from '../front-door/populated-organization.js';
import { join } from '../front-door/people.js';
import { RECIPES, type Recipe } from '../front-door/recipes/index.js';
import type { FuzzedOperation } from './configuration.js';

/** The number of objects that are created for an operation to change or delete. */
const OBJECTS_PER_OPERATION = 4;

/**
 * The credential and existing ids for an operation, taken from its recipe, so that as many requests as possible
 * succeed.
 */
export async function toFuzzedOperation(
  operation: DocumentedOperation,
  organization: PopulatedOrganization,
): Promise<FuzzedOperation> {
  const recipe = RECIPES[operation.id];
  if (!recipe) throw new Error(`${operation.id} has no recipe. Add one in test/front-door/recipes.`);
  const values: Record<string, string[]> = {};
  if (operation.path.includes('{')) {
    for (let count = 0; count < OBJECTS_PER_OPERATION; count += 1) {
      const { params = {} } = await recipe.request(organization, 'key');
      for (const [name, value] of Object.entries(params)) {
        if (values[name]?.includes(value) !== true) (values[name] ??= []).push(value);
      }
    }
  }
  return { id: operation.id, credential: await getCredential(recipe, organization), params: values };
}

/** Operations that end sessions use a separate user, so that they do not end the other operations' sessions. */
async function getCredential(recipe: Recipe, organization: PopulatedOrganization): Promise<string | undefined> {
  if (recipe.roles === 'public') return undefined;
  if (recipe.requiresSession) return (await join(organization, 'admin')).accessToken;
  if (recipe.roles.includes('operator')) return organization.product.operatorKey;
  return recipe.roles.includes('admin') ? organization.adminKey : organization.agentAppToken;
}
