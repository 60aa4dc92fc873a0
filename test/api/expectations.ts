import type { DocumentedOperation } from '../front-door/document.js';
import type { Answer } from '../front-door/http-call.js';
import type { Recipe } from '../front-door/recipes/index.js';
import type { Credential } from './credentials.js';

export type Ownership = 'own' | 'foreign';

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** Whether the handwritten recipe permits this credential. */
export function mayUse({ identity }: Credential, recipe: Recipe): boolean {
  if (recipe.roles === 'anybody') return true;
  if (identity.kind === 'role')
    return recipe.roles.includes(identity.role) && !(identity.handedOut && recipe.requiresSession);
  return identity.kind === 'key' && recipe.scope !== undefined && identity.scope === recipe.scope;
}

/** The expected status for this credential and an object of its own or another organization. */
export function expectedStatus(
  operation: DocumentedOperation,
  recipe: Recipe,
  credential: Credential,
  whose: Ownership,
): number {
  if (recipe.roles !== 'anybody') {
    if (credential.identity.kind === 'nothing') return UNAUTHORIZED;
    if (!mayUse(credential, recipe)) return FORBIDDEN;
  }
  if (whose === 'foreign' && recipe.foreign !== 'names nothing') return recipe.foreign;
  if (credential.identity.kind === 'key' && recipe.keyStatus !== undefined) return recipe.keyStatus;
  return recipe.status ?? operation.success;
}

/** Names of fields that must never be in a response. */
const SECRET_FIELDS = /"(?:password\w*|\w*[hH]ash|\w*[dD]igest|\w*Sha256)"\s*:|\$argon2/;

/** Lists what is wrong with a response apart from its status. */
export function findFaults(operation: DocumentedOperation, answer: Answer, notToBeSeen: readonly string[]): string[] {
  const faults: string[] = [];
  if (!operation.statuses.has(answer.status)) faults.push(`${answer.status} is not in the document`);
  const contentType = answer.headers.get('content-type') ?? '';
  if (answer.status >= 400 && !contentType.startsWith('application/problem+json'))
    faults.push(`a problem is sent as "${contentType}"`);
  const responseText = `${answer.text}\n${[...answer.headers].join('\n')}`;
  for (const text of notToBeSeen) if (responseText.includes(text)) faults.push(`shows ${text} of another organization`);
  const [shown] = SECRET_FIELDS.exec(responseText) ?? [];
  if (shown !== undefined) faults.push(`shows ${shown}`);
  return faults;
}
