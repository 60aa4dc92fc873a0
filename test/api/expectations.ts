import type { DocumentedOperation } from '../front-door/document.js';
import type { HttpResponse } from '../front-door/http-call.js';
import type { Recipe } from '../front-door/recipes/index.js';
import type { Credential } from './credentials.js';

export type Ownership = 'own' | 'foreign';

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** Whether the handwritten recipe permits this credential. */
export function mayUse({ identity }: Credential, recipe: Recipe): boolean {
  if (recipe.roles === 'public') return true;
  if (identity.kind === 'role')
    return recipe.roles.includes(identity.role) && !(identity.withoutSession && recipe.requiresSession);
  return identity.kind === 'key' && recipe.scope !== undefined && identity.scope === recipe.scope;
}

/** The expected status for this credential and an object of its own or another organization. */
export function expectedStatus(
  operation: DocumentedOperation,
  recipe: Recipe,
  credential: Credential,
  ownership: Ownership,
): number {
  if (recipe.roles !== 'public') {
    if (credential.identity.kind === 'none') return UNAUTHORIZED;
    if (!mayUse(credential, recipe)) return FORBIDDEN;
  }
  if (ownership === 'foreign' && recipe.foreign !== 'refers to no object') return recipe.foreign;
  if (credential.identity.kind === 'key' && recipe.keyStatus !== undefined) return recipe.keyStatus;
  return recipe.status ?? operation.success;
}

/** Names of fields that must never be in a response. */
const SECRET_FIELDS = /"(?:password\w*|\w*[hH]ash|\w*[dD]igest|\w*Sha256)"\s*:|\$argon2/;

/** Lists the errors of a response other than an unexpected status. */
export function findFaults(
  operation: DocumentedOperation,
  response: HttpResponse,
  forbiddenTexts: readonly string[],
): string[] {
  const faults: string[] = [];
  if (!operation.statuses.has(response.status)) faults.push(`${response.status} is not in the document`);
  const contentType = response.headers.get('content-type') ?? '';
  if (response.status >= 400 && !contentType.startsWith('application/problem+json'))
    faults.push(`a problem is sent as "${contentType}"`);
  const responseText = `${response.text}\n${[...response.headers].join('\n')}`;
  for (const text of forbiddenTexts)
    if (responseText.includes(text)) faults.push(`shows ${text} of another organization`);
  const [secretField] = SECRET_FIELDS.exec(responseText) ?? [];
  if (secretField !== undefined) faults.push(`shows ${secretField}`);
  return faults;
}
