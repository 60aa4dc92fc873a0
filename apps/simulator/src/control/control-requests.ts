import { BadRequestException } from '@nestjs/common';

import { isE164 } from '../calls/call-request.js';
import type { Act, Conduct } from '../personas/persona.js';
import { personas, SCRIPTED } from '../personas/personas.js';
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
 * @param textAllowed whether an utterance may be words without a voice (only where no recogniser listens)
 * @throws BadRequestException listing every mistake
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
  refuse(mistakes);
  return { phone, persona: name, utterances, zone } as CustomerRequest;
}

/**
 * A customer with a `script`: what they do each time an answer is expected, `{"press":"1"}`, `{"say":"yes"}` and so on.
 * `reactions`, `rings` and `thinksMs` say more, see `scripted-conduct.ts`.
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
  refuse(mistakes);
  return { phone, persona: SCRIPTED, utterances: {}, zone, script: acts, conduct } as CustomerRequest;
}

/** The body as an object. @throws BadRequestException when it is none */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BadRequestException('The body must be a JSON object; send it with content-type application/json.');
  }
  return body as Readonly<Record<string, unknown>>;
}

/** A field that is a URL, null, or not there. */
export function optionalUrl(body: Readonly<Record<string, unknown>>, name: string, mistakes: string[]): string | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  if (typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)) return value;
  mistakes.push(`${name} must be an http or https URL`);
  return null;
}

/** @throws BadRequestException unless the list is empty */
export function refuse(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new BadRequestException({ code: 'invalid_request', mistakes });
}
