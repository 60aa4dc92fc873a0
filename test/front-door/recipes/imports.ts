import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { PopulatedOrganization } from '../populated-organization.js';
import { OFFICE, type Recipes } from './recipe.js';

/** A finished import, so that none of its deliveries is created later. */
async function newImport(organization: PopulatedOrganization): Promise<string> {
  const rows = [organization.deliveryInput(organization.completed.customerId)];
  const importId = String((await organization.requestAsAdmin('POST', '/v1/delivery-imports', rows))['importId']);
  const isDone = async (): Promise<boolean> =>
    (await organization.requestAsAdmin('GET', `/v1/delivery-imports/${importId}`))['state'] !== 'running';
  await waitUntil(isDone, { what: 'the import to finish', deadlineMs: 20_000, everyMs: 50 });
  return importId;
}

/** Imports of many deliveries. */
export const IMPORT_RECIPES: Recipes = {
  createDeliveryImport: {
    roles: OFFICE,
    scope: 'deliveries:write',
    request: (organization) => ({ body: [organization.deliveryInput(organization.completed.customerId)] }),
    // A row with another organization's customer is rejected individually, in the import's result.
    foreign: 'refers to no object',
  },
  getDeliveryImport: {
    roles: OFFICE,
    scope: 'deliveries:read',
    request: async (organization) => ({ params: { importId: await newImport(organization) } }),
    foreign: 404,
  },
  listDeliveryImportRows: {
    roles: OFFICE,
    scope: 'deliveries:read',
    request: async (organization) => ({ params: { importId: await newImport(organization) } }),
    foreign: 404,
  },
};
