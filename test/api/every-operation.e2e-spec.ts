import {
  isAllowed,
  type Permission,
  PERMISSIONS,
  SCOPES,
} from '../../apps/gateway/src/principals/principals.module.js';
import { operationsOf, pathOf, readDocument, type DocumentedOperation } from '../front-door/document.js';
import { FrontDoor } from '../front-door/front-door.js';
import type { Answer } from '../front-door/http-call.js';
import { LivedHouse } from '../front-door/lived-house.js';
import { RECIPES, type ProvenRole, type Recipe, type RequestParts } from '../front-door/recipes/index.js';
import { stateOf } from '../front-door/unchanged.js';
import { credentialsOf, type Credential } from './credentials.js';
import { expectedStatus, faultsOf, mayUse, type Whose } from './judge.js';
import { Tally } from './tally.js';

const ROLES: readonly ProvenRole[] = ['operator', 'admin', 'dispatcher', 'agent', 'partner'];
const AT_ONCE = 8;

/**
 * Every operation of the document, by everybody, about what is theirs and what is another organisation's. Who may what
 * is written by hand in the recipes; the gateway's table and its document are held against them.
 */
describe('every operation', () => {
  let door: FrontDoor;
  let own: LivedHouse;
  let foreign: LivedHouse;
  let operations: ReadonlyMap<string, DocumentedOperation>;
  let credentials: readonly Credential[];
  const tally = new Tally();

  beforeAll(async () => {
    door = await FrontDoor.open();
    [own, foreign] = await Promise.all([LivedHouse.build(door, 0), LivedHouse.build(door, 1)]);
    operations = new Map(operationsOf(await readDocument(door)).map((operation) => [operation.id, operation]));
    credentials = await credentialsOf(own);
  }, 180_000);

  afterAll(async () => {
    process.stdout.write(`\n${tally.print()}\n\n${tally.total} requests to ${operations?.size ?? 0} operations\n`);
    await door?.close();
  }, 60_000);

  describe('is known here and there', () => {
    it('the document has no operation without a recipe, and there is no recipe for what does not exist', () => {
      expect([...operations.keys()].sort()).toEqual(Object.keys(RECIPES).sort());
    });

    it('each names a permission, or is open to anybody on purpose', () => {
      const wrong = [...operations.values()].filter(({ id, isPublic, permission }) =>
        RECIPES[id]?.roles === 'anybody' ? !isPublic : isPublic || !(permission && permission in PERMISSIONS),
      );
      expect(wrong.map(({ id }) => id)).toEqual([]);
    });

    it.each(Object.entries(RECIPES))('%s: its permission lets in whom the recipe lets in', (id, recipe) => {
      if (recipe.roles === 'anybody') return;
      const permission = operations.get(id)?.permission as Permission;
      expect(ROLES.filter((role) => isAllowed(role, permission))).toEqual(recipe.roles);
      expect(SCOPES.includes(permission) ? permission : undefined).toBe(recipe.scope);
    });
  });

  /** What nobody of the own organisation may ever read, whatever they ask for; what they sent themselves excepted. */
  const notToBeSeen = (sent: string): string[] =>
    [foreign.marker, ...foreign.phones, ...foreign.ids].filter((text) => !sent.includes(text));

  /** What is another's first: had a request about it an effect, the one about what is their own would show it. */
  const housesFor = (recipe: Recipe): [Whose, LivedHouse][] =>
    recipe.foreign === 'names nothing'
      ? [['own', own]]
      : [
          ['foreign', foreign],
          ['own', own],
        ];

  async function ask(id: string, parts: RequestParts, credential: Credential): Promise<[Answer, string[]]> {
    const operation = operations.get(id);
    if (!operation) throw new Error(`${id} is not in the document.`);
    const path = pathOf(operation, parts.params, parts.query);
    const answer = await door.call(operation.method, path, {
      as: credential.value,
      ...(parts.body === undefined ? {} : { body: parts.body }),
      ...(parts.headers === undefined ? {} : { headers: parts.headers }),
    });
    const seenBy = credential.proves.kind === 'role' && credential.proves.role === 'operator' ? 'operator' : 'member';
    const hidden = seenBy === 'operator' ? [] : notToBeSeen(`${path} ${JSON.stringify(parts.body ?? '')}`);
    return [answer, faultsOf(operation, answer, hidden)];
  }

  async function check(
    id: string,
    recipe: Recipe,
    parts: RequestParts,
    credential: Credential,
    whose: Whose,
  ): Promise<string[]> {
    const operation = operations.get(id);
    if (!operation) return [`${id} is not in the document`];
    const [answer, faults] = await ask(id, parts, credential);
    tally.add(groupOf(credential, recipe), whose, answer.status);
    const expected = expectedStatus(operation, recipe, credential, whose);
    if (answer.status !== expected)
      faults.push(`${answer.status} instead of ${expected}: ${answer.text.slice(0, 300)}`);
    return faults.map((fault) => `${credential.name}, ${whose}: ${fault}`);
  }

  describe('refuses whoever may not use it, and nothing changes', () => {
    it.each(Object.entries(RECIPES).filter(([, { roles }]) => roles !== 'anybody'))('%s', async (id, recipe) => {
      const refused = credentials.filter((credential) => !mayUse(credential, recipe));
      const parts: [Whose, RequestParts][] = [];
      for (const [whose, house] of housesFor(recipe)) parts.push([whose, await recipe.request(house, 'key')]);
      const before = await stateOf(door);
      const knocks = refused.flatMap((credential) =>
        parts.map(
          ([whose, request]) =>
            () =>
              check(id, recipe, request, credential, whose),
        ),
      );
      expect(await inTurns(knocks)).toEqual([]);
      expect(await stateOf(door)).toEqual(before);
    });
  });

  describe('serves whoever may, about what is theirs only', () => {
    it.each(Object.entries(RECIPES))('%s', async (id, recipe) => {
      const faults: string[] = [];
      for (const credential of credentials.filter((knocking) => mayUse(knocking, recipe))) {
        const role = credential.proves.kind === 'role' ? credential.proves.role : 'key';
        for (const [whose, house] of housesFor(recipe)) {
          faults.push(...(await check(id, recipe, await recipe.request(house, role), credential, whose)));
        }
      }
      expect(faults).toEqual([]);
    });
  });
});

/** How a credential is called in the table: keys by whether they have the scope. */
function groupOf({ name, proves }: Credential, recipe: Recipe): string {
  if (proves.kind !== 'key') return name;
  return proves.scope === recipe.scope ? 'a key with the scope' : 'keys with one other scope';
}

/** Runs a few at a time. @returns everything that was wrong */
async function inTurns(works: readonly (() => Promise<string[]>)[]): Promise<string[]> {
  const faults: string[] = [];
  for (let first = 0; first < works.length; first += AT_ONCE) {
    const batch = await Promise.all(works.slice(first, first + AT_ONCE).map((work) => work()));
    faults.push(...batch.flat());
  }
  return faults;
}
