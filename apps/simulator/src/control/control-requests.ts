import { isE164, objectBody, assertNoMistakes } from '../request-bodies/request-bodies.module.js';
import type { Act, Conduct } from '../ledger/ledger.module.js';
import { personas, SCRIPTED } from '../personas/personas.module.js';
import { parseAct, parseConduct } from './scripted-conduct.js';

export interface CustomerRequest {
  readonly phone: string;
  readonly persona: string;
  readonly utterances: Readonly<Record<string, string>>;
  readonly zone: string | null;
  readonly script?: readonly Act[] | undefined;
  readonly conduct?: Conduct | undefined;
}

/**
 * Checks the body of `POST /simulator/customers`.
 * @param textAllowed whether an utterance may be text without a voice, which speech recognition cannot hear
 * @throws BadRequestException with all mistakes
 */
export function parseCustomer(body: unknown, voices: readonly string[], textAllowed: boolean): CustomerRequest {
  const given = objectBody(body);
  const mistakes: string[] = [];
  const { phone, persona: name, utterances = {}, zone = null } = given;
  if (name === SCRIPTED) return parseScripted(given, textAllowed);
  if (typeof phone !== 'string' || !isE164(phone))
    mistakes.push('phone must be a number in E.164, for example +14155550123');
  const persona = typeof name === 'string' ? personas.get(name) : undefined;
  if (persona === undefined) mistakes.push(`persona must be one of ${[...personas.keys()].join(', ')}`);
  if (zone !== null && typeof zone !== 'string') mistakes.push('zone must be the name of an IANA time zone');
  if (typeof utterances !== 'object' || utterances === null || Array.isArray(utterances)) {
    mistakes.push('utterances must be an object from slot to utterance');
  } else {
    for (const [slot, utterance] of Object.entries(utterances as Record<string, unknown>)) {
      if (persona !== undefined && !(slot in persona.slots)) {
        mistakes.push(`utterances.${slot}: this persona has the slots ${Object.keys(persona.slots).join(', ')}`);
      }
      if (typeof utterance !== 'string' || (!textAllowed && !voices.includes(utterance))) {
        mistakes.push(`utterances.${slot} must be one of ${voices.join(', ')}`);
      }
    }
  }
  assertNoMistakes(mistakes);
  return { phone, persona: name, utterances, zone } as CustomerRequest;
}

/**
 * Parses a customer with a `script`: the acts for each time a response is expected, such as `{"press":"1"}` or
 * `{"say":"yes"}`. See `scripted-conduct.ts` for `reactions`, `rings` and `thinksMs`.
 */
function parseScripted(given: Readonly<Record<string, unknown>>, textAllowed: boolean): CustomerRequest {
  const mistakes: string[] = [];
  const { phone, script, zone = null } = given;
  if (typeof phone !== 'string' || !isE164(phone))
    mistakes.push('phone must be a number in E.164, for example +14155550123');
  if (!textAllowed) mistakes.push('persona scripted speaks without a voice: it needs SIMULATOR_GATHER=word-errors:…');
  const conduct = parseConduct(given, mistakes);
  const acts = Array.isArray(script) ? (script as unknown[]).map(parseAct) : [];
  if (acts.length === 0 || acts.includes(undefined)) {
    mistakes.push(
      'script must list acts: {"press":"1"}, {"say":"yes","confidence":0.9}, {"silent":true} or {"hangUp":0.5}',
    );
  }
  if (zone !== null && typeof zone !== 'string') mistakes.push('zone must be the name of an IANA time zone');
  assertNoMistakes(mistakes);
  return { phone, persona: SCRIPTED, utterances: {}, zone, script: acts, conduct } as CustomerRequest;
}
