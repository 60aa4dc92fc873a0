import { isE164, parseObjectBody, assertNoProblems } from '../request-bodies/request-bodies.module.js';
import type { Act, Conduct } from '../ledger/ledger.module.js';
import { personas, SCRIPTED } from '../personas/personas.module.js';
import { parseAct, parseConduct } from './scripted-conduct.js';

/** The customer that a request sets. */
export interface CustomerRequest {
  readonly phone: string;
  readonly persona: string;
  readonly utterances: Readonly<Record<string, string>>;
  readonly zone: string | null;
  readonly script?: readonly Act[] | undefined;
  readonly conduct?: Conduct | undefined;
}

/**
 * Parses the body of `POST /simulator/customers`.
 * @param isTextAllowed whether an utterance may be a text without audio, which a real recognizer cannot recognize
 * @throws BadRequestException with all problems
 */
export function parseCustomer(body: unknown, voices: readonly string[], isTextAllowed: boolean): CustomerRequest {
  const fields = parseObjectBody(body);
  const problems: string[] = [];
  const { phone, persona: name, utterances = {}, zone = null } = fields;
  if (name === SCRIPTED) return parseScripted(fields, isTextAllowed);
  if (typeof phone !== 'string' || !isE164(phone))
    problems.push('phone must be a number in E.164, for example +14155550123');
  const persona = typeof name === 'string' ? personas.get(name) : undefined;
  if (persona === undefined) problems.push(`persona must be one of ${[...personas.keys()].join(', ')}`);
  if (zone !== null && typeof zone !== 'string') problems.push('zone must be the name of an IANA time zone');
  if (typeof utterances !== 'object' || utterances === null || Array.isArray(utterances)) {
    problems.push('utterances must be an object from slot to utterance');
  } else {
    for (const [slot, utterance] of Object.entries(utterances as Record<string, unknown>)) {
      if (persona !== undefined && !(slot in persona.slots)) {
        problems.push(`utterances.${slot}: this persona has the slots ${Object.keys(persona.slots).join(', ')}`);
      }
      if (typeof utterance !== 'string' || (!isTextAllowed && !voices.includes(utterance))) {
        problems.push(`utterances.${slot} must be one of ${voices.join(', ')}`);
      }
    }
  }
  assertNoProblems(problems);
  return { phone, persona: name, utterances, zone } as CustomerRequest;
}

/**
 * Parses a customer with a `script`: the acts for each time a response is expected, such as `{"press":"1"}` or
 * `{"say":"yes"}`. See `scripted-conduct.ts` for `reactions`, `rings` and `thinksMs`.
 */
function parseScripted(fields: Readonly<Record<string, unknown>>, isTextAllowed: boolean): CustomerRequest {
  const problems: string[] = [];
  const { phone, script, zone = null } = fields;
  if (typeof phone !== 'string' || !isE164(phone))
    problems.push('phone must be a number in E.164, for example +14155550123');
  if (!isTextAllowed) problems.push('persona scripted speaks without a voice: it needs SIMULATOR_GATHER=word-errors:…');
  const conduct = parseConduct(fields, problems);
  const acts = Array.isArray(script) ? (script as unknown[]).map(parseAct) : [];
  if (acts.length === 0 || acts.includes(undefined)) {
    problems.push(
      'script must list acts: {"press":"1"}, {"say":"yes","confidence":0.9}, {"silent":true} or {"hangUp":0.5}',
    );
  }
  if (zone !== null && typeof zone !== 'string') problems.push('zone must be the name of an IANA time zone');
  assertNoProblems(problems);
  return { phone, persona: SCRIPTED, utterances: {}, zone, script: acts, conduct } as CustomerRequest;
}
