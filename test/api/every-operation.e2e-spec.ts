import {
  isAllowed,
  type Permission,
  PERMISSIONS,
  SCOPES,
} from '../../apps/gateway/src/principals/principals.module.js';
import { listOperations, toPath, readDocument, type DocumentedOperation } from '../front-door/document.js';
import { RunningProduct } from '../front-door/running-product.js';
import type { HttpResponse } from '../front-door/http-call.js';
import { PopulatedOrganization } from '../front-door/populated-organization.js';
import { RECIPES, type TestedRole, type Recipe, type RequestParts } from '../front-door/recipes/index.js';
import { readState } from '../front-door/read-state.js';
import { createCredentials, type Credential } from './credentials.js';
import { expectedStatus, findFaults, mayUse, type Ownership } from './expectations.js';
import { Tally } from './tally.js';

const ROLES: readonly TestedRole[] = ['operator', 'admin', 'dispatcher', 'agent', 'partner'];
const BATCH_SIZE = 8;

/**
 * Calls every operation of the OpenAPI document with every credential, about the caller's own objects and about another
 * organization's. Expected permissions are written by hand in the recipes; the gateway's permission table and its
 * document are compared with them.
 */
describe('every operation', () => {
  let product: RunningProduct;
  let ownOrganization: PopulatedOrganization;
  let foreignOrganization: PopulatedOrganization;
  let operations: ReadonlyMap<string, DocumentedOperation>;
  let credentials: readonly Credential[];
  const tally = new Tally();

  beforeAll(async () => {
    product = await RunningProduct.open();
    [ownOrganization, foreignOrganization] = await Promise.all([
      PopulatedOrganization.build(product, 0),
      PopulatedOrganization.build(product, 1),
    ]);
    operations = new Map(listOperations(await readDocument(product)).map((operation) => [operation.id, operation]));
    credentials = await createCredentials(ownOrganization);
  }, 180_000);

  afterAll(async () => {
    process.stdout.write(`\n${tally.print()}\n\n${tally.total} requests to ${operations?.size ?? 0} operations\n`);
    await product?.close();
  }, 60_000);

  describe('documentation, recipes and permissions', () => {
    it('the document and the recipes have the same operations', () => {
      expect([...operations.keys()].sort()).toEqual(Object.keys(RECIPES).sort());
    });

    it('each operation names a permission, or is public in its recipe', () => {
      const unprotected = [...operations.values()].filter(({ id, isPublic, permission }) =>
        RECIPES[id]?.roles === 'public' ? !isPublic : isPublic || !(permission && permission in PERMISSIONS),
      );
      expect(unprotected.map(({ id }) => id)).toEqual([]);
    });

    it.each(Object.entries(RECIPES))(
      '%s: its permission allows exactly the roles and scope of the recipe',
      (id, recipe) => {
        if (recipe.roles === 'public') return;
        const permission = operations.get(id)?.permission as Permission;
        expect(ROLES.filter((role) => isAllowed(role, permission))).toEqual(recipe.roles);
        expect(SCOPES.includes(permission) ? permission : undefined).toBe(recipe.scope);
      },
    );
  });

  /** Texts of the foreign organization that a response must not contain, except those in the request itself. */
  const forbiddenTexts = (sent: string): string[] =>
    [foreignOrganization.marker, ...foreignOrganization.phones, ...foreignOrganization.ids].filter(
      (text) => !sent.includes(text),
    );

  /**
   * The other organization's objects come first: if a request about them had an effect, the request about the own
   * objects would fail.
   */
  const organizationsFor = (recipe: Recipe): [Ownership, PopulatedOrganization][] =>
    recipe.foreign === 'refers to no object'
      ? [['own', ownOrganization]]
      : [
          ['foreign', foreignOrganization],
          ['own', ownOrganization],
        ];

  async function sendRequest(
    id: string,
    parts: RequestParts,
    credential: Credential,
  ): Promise<[HttpResponse, string[]]> {
    const operation = operations.get(id);
    if (!operation) throw new Error(`${id} is not in the document.`);
    const path = toPath(operation, parts.params, parts.query);
    const response = await product.call(operation.method, path, {
      as: credential.value,
      ...(parts.body === undefined ? {} : { body: parts.body }),
      ...(parts.headers === undefined ? {} : { headers: parts.headers }),
    });
    const viewer =
      credential.identity.kind === 'role' && credential.identity.role === 'operator' ? 'operator' : 'member';
    const textsToHide = viewer === 'operator' ? [] : forbiddenTexts(`${path} ${JSON.stringify(parts.body ?? '')}`);
    return [response, findFaults(operation, response, textsToHide)];
  }

  async function check(
    id: string,
    recipe: Recipe,
    parts: RequestParts,
    credential: Credential,
    ownership: Ownership,
  ): Promise<string[]> {
    const operation = operations.get(id);
    if (!operation) return [`${id} is not in the document`];
    const [response, faults] = await sendRequest(id, parts, credential);
    tally.add(toRowName(credential, recipe), ownership, response.status);
    const expected = expectedStatus(operation, recipe, credential, ownership);
    if (response.status !== expected)
      faults.push(`${response.status} instead of ${expected}: ${response.text.slice(0, 300)}`);
    return faults.map((fault) => `${credential.name}, ${ownership}: ${fault}`);
  }

  describe('rejects credentials without permission and has no effect', () => {
    it.each(Object.entries(RECIPES).filter(([, { roles }]) => roles !== 'public'))('%s', async (id, recipe) => {
      const forbiddenCredentials = credentials.filter((credential) => !mayUse(credential, recipe));
      const parts: [Ownership, RequestParts][] = [];
      for (const [ownership, organization] of organizationsFor(recipe))
        parts.push([ownership, await recipe.request(organization, 'key')]);
      const before = await readState(product);
      const checks = forbiddenCredentials.flatMap((credential) =>
        parts.map(
          ([ownership, request]) =>
            () =>
              check(id, recipe, request, credential, ownership),
        ),
      );
      expect(await runInBatches(checks)).toEqual([]);
      expect(await readState(product)).toEqual(before);
    });
  });

  describe('serves credentials with permission, for their own objects only', () => {
    it.each(Object.entries(RECIPES))('%s', async (id, recipe) => {
      const faults: string[] = [];
      for (const credential of credentials.filter((candidate) => mayUse(candidate, recipe))) {
        const role = credential.identity.kind === 'role' ? credential.identity.role : 'key';
        for (const [ownership, organization] of organizationsFor(recipe)) {
          faults.push(...(await check(id, recipe, await recipe.request(organization, role), credential, ownership)));
        }
      }
      expect(faults).toEqual([]);
    });
  });
});

/** The credential's name in the table: keys are grouped by whether they have the scope. */
function toRowName({ name, identity }: Credential, recipe: Recipe): string {
  if (identity.kind !== 'key') return name;
  return identity.scope === recipe.scope ? 'a key with the scope' : 'keys with one other scope';
}

/**
 * Runs the checks in small batches.
 *
 * @returns All faults.
 */
async function runInBatches(tasks: readonly (() => Promise<string[]>)[]): Promise<string[]> {
  const faults: string[] = [];
  for (let first = 0; first < tasks.length; first += BATCH_SIZE) {
    const batch = await Promise.all(tasks.slice(first, first + BATCH_SIZE).map((work) => work()));
    faults.push(...batch.flat());
  }
  return faults;
}
