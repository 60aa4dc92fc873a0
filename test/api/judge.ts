import type { DocumentedOperation } from '../front-door/document.js';
import type { Answer } from '../front-door/http-call.js';
import type { Recipe } from '../front-door/recipes/index.js';
import type { Credential } from './credentials.js';

export type Whose = 'own' | 'foreign';

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** Whether the recipe, which is written by hand, lets this credential in. */
export function mayUse({ proves }: Credential, recipe: Recipe): boolean {
  if (recipe.roles === 'anybody') return true;
  if (proves.kind === 'role') return recipe.roles.includes(proves.role) && !(proves.handedOut && recipe.bySessionOnly);
  return proves.kind === 'key' && recipe.scope !== undefined && proves.scope === recipe.scope;
}

/** The status that this credential must be answered with about what this organisation, or another, owns. */
export function expectedStatus(
  operation: DocumentedOperation,
  recipe: Recipe,
  credential: Credential,
  whose: Whose,
): number {
  if (recipe.roles !== 'anybody') {
    if (credential.proves.kind === 'nothing') return UNAUTHORIZED;
    if (!mayUse(credential, recipe)) return FORBIDDEN;
  }
  if (whose === 'foreign' && recipe.foreign !== 'names nothing') return recipe.foreign;
  if (credential.proves.kind === 'key' && recipe.keyStatus !== undefined) return recipe.keyStatus;
  return recipe.status ?? operation.success;
}

/** Names of fields that hold what nobody is ever shown. */
const NEVER_SHOWN = /"(?:password\w*|\w*[hH]ash|\w*[dD]igest|\w*Sha256)"\s*:|\$argon2/;

/** What is wrong with an answer beside its status; nothing when it is right. */
export function faultsOf(operation: DocumentedOperation, answer: Answer, notToBeSeen: readonly string[]): string[] {
  const faults: string[] = [];
  if (!operation.statuses.has(answer.status)) faults.push(`${answer.status} is not in the document`);
  const media = answer.headers.get('content-type') ?? '';
  if (answer.status >= 400 && !media.startsWith('application/problem+json')) faults.push(`a problem as "${media}"`);
  const whole = `${answer.text}\n${[...answer.headers].join('\n')}`;
  for (const text of notToBeSeen) if (whole.includes(text)) faults.push(`shows ${text} of another organisation`);
  const [shown] = NEVER_SHOWN.exec(whole) ?? [];
  if (shown !== undefined) faults.push(`shows ${shown}`);
  return faults;
}
