import { AGENT_RECIPES } from './agents.js';
import { CALL_RECIPES } from './calls.js';
import { CUSTOMER_RECIPES } from './customers.js';
import { DELIVERY_RECIPES } from './deliveries.js';
import { IDENTITY_RECIPES } from './identity.js';
import { IMPORT_RECIPES } from './imports.js';
import { LIVE_RECIPES } from './live.js';
import { OPERATION_RECIPES } from './operations.js';
import { PLANNING_RECIPES } from './planning.js';
import type { Recipes } from './recipe.js';
import { WORK_RECIPES } from './work.js';

export type { TestedRole } from '../people.js';
export type { Recipe, RequestParts } from './recipe.js';

export const RECIPES: Recipes = {
  ...IDENTITY_RECIPES,
  ...DELIVERY_RECIPES,
  ...AGENT_RECIPES,
  ...CUSTOMER_RECIPES,
  ...PLANNING_RECIPES,
  ...IMPORT_RECIPES,
  ...CALL_RECIPES,
  ...LIVE_RECIPES,
  ...WORK_RECIPES,
  ...OPERATION_RECIPES,
};
