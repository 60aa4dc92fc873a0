import type { TwimlElement } from '../twiml/twiml.module.js';
import { dial } from './dial.js';
import { gather } from './gather.js';
import { record, startOrStop } from './record.js';
import { speak } from './speak.js';
import { next, resolveWebhook, type Verb, type VerbContext, type VerbOutcome } from './verb.js';

const hangUp: Verb = () => Promise.resolve({ kind: 'hang-up', by: 'application' });

const redirect: Verb = (element, context) => {
  const webhook = resolveWebhook(element, context, element.text);
  if (webhook === undefined) return Promise.resolve(next);
  return Promise.resolve({ kind: 'fetch', webhook, parameters: context.line.toParameters() });
};

const verbs: Readonly<Record<string, Verb>> = {
  Say: speak,
  Play: speak,
  Pause: speak,
  Gather: gather,
  Record: record,
  Start: startOrStop,
  Stop: startOrStop,
  Dial: dial,
  Redirect: redirect,
  Hangup: hangUp,
  // Twilio cannot reject an answered call, and hangs up instead.
  Reject: hangUp,
};

/**
 * Executes a document's verbs in order until one of them fetches another document or hangs up.
 * @returns the outcome of that verb; after the last verb, a hang-up
 */
export async function executeDocument(
  document: readonly TwimlElement[],
  context: VerbContext,
): Promise<Exclude<VerbOutcome, { kind: 'next' }>> {
  for (const element of document) {
    context.line.clock.check();
    const verb = verbs[element.name];
    const outcome = verb === undefined ? next : await verb(element, context);
    if (outcome.kind !== 'next') return outcome;
  }
  return { kind: 'hang-up', by: 'application' };
}
