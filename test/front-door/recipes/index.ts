import { CALL_RECIPES } from './calls.js';
import { DELIVERY_RECIPES } from './deliveries.js';
import { IDENTITY_RECIPES } from './identity.js';
import { LIVE_RECIPES } from './live.js';
import { OPERATION_RECIPES } from './operations.js';
import { PEOPLE_RECIPES } from './people.js';
import type { Recipes } from './recipe.js';
import { WORK_RECIPES } from './work.js';

export type { ProvenRole, Recipe, RequestParts } from './recipe.js';

export const RECIPES: Recipes = {
  ...IDENTITY_RECIPES,
  ...DELIVERY_RECIPES,
  ...PEOPLE_RECIPES,
  ...CALL_RECIPES,
  ...LIVE_RECIPES,
  ...WORK_RECIPES,
  ...OPERATION_RECIPES,
};
