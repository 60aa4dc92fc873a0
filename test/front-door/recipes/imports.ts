import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { LivedHouse } from '../lived-house.js';
import { OFFICE, type Recipes } from './recipe.js';

/** One that has been worked off: none of its deliveries comes into being later. */
async function newImport(house: LivedHouse): Promise<string> {
  const rows = [house.deliveryInput(house.lived.customerId)];
  const importId = String((await house.make('POST', '/v1/delivery-imports', rows))['importId']);
  const isDone = async (): Promise<boolean> =>
    (await house.make('GET', `/v1/delivery-imports/${importId}`))['state'] !== 'running';
  await waitUntil(isDone, { what: 'an import to be worked off', deadlineMs: 20_000, everyMs: 50 });
  return importId;
}

/** Many deliveries at once. */
export const IMPORT_RECIPES: Recipes = {
  createDeliveryImport: {
    roles: OFFICE,
    scope: 'deliveries:write',
    request: (house) => ({ body: [house.deliveryInput(house.lived.customerId)] }),
    // A row that names a foreign customer is refused by itself, in the import's result.
    foreign: 'names nothing',
  },
  getDeliveryImport: {
    roles: OFFICE,
    scope: 'deliveries:read',
    request: async (house) => ({ params: { importId: await newImport(house) } }),
    foreign: 404,
  },
  listDeliveryImportRows: {
    roles: OFFICE,
    scope: 'deliveries:read',
    request: async (house) => ({ params: { importId: await newImport(house) } }),
    foreign: 404,
  },
};
