import { CustomerOnLine } from '../personas/personas.module.js';
import { CallInterrupted, type CallLine } from '../call-line/call-line.module.js';
import { toWholeSeconds } from '../recording-book/recording-book.module.js';
import { createSid } from '../twilio/twilio.module.js';
import { next, readSecondsAttributeMs, resolveWebhook, type Verb } from './verb.js';

/** Duration of the conversation after the call is connected, in simulated ms. */
const CONVERSATION_MS = 20_000;
/** Time until the network reports the number as busy, in simulated ms. */
const BUSY_MS = 1500;

type DialStatus = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

/**
 * Dials one number and connects it. The leg is a separate call in the ledger and in listings, with this call as its
 * parent. The dialed persona says a greeting. The conversation that follows has a fixed length, and the ledger does not
 * contain its words.
 */
export const dial: Verb = async (element, context) => {
  const { line } = context;
  const number = element.children.find(({ name }) => name === 'Number')?.text ?? element.text;
  const legSid = createSid('CA');
  line.services.ledger.append({
    type: 'call.created',
    callSid: legSid,
    to: number,
    from: element.attributes['callerId'] ?? line.call.from,
    direction: 'outbound-dial',
    parentCallSid: line.call.sid,
    attempt: line.call.attempt,
    statusCallback: null,
  });
  line.services.ledger.append({ type: 'call.started', callSid: legSid });
  let status: DialStatus = 'failed';
  let talkedMs = 0;
  try {
    status = await ring(line, legSid, number, readSecondsAttributeMs(element, 'timeout', 30));
    if (status === 'completed')
      talkedMs = await talk(line, number, readSecondsAttributeMs(element, 'timeLimit', 14_400));
  } catch (error) {
    if (error instanceof CallInterrupted && status !== 'completed') status = 'canceled';
    throw error;
  } finally {
    line.services.ledger.append({
      type: 'call.ended',
      callSid: legSid,
      status,
      endedBy: 'application',
      durationSeconds: toWholeSeconds(talkedMs),
    });
  }
  const webhook = element.attributes['action'] === undefined ? undefined : resolveWebhook(element, context);
  if (webhook === undefined) return next;
  const parameters = {
    ...line.toParameters(),
    DialCallSid: legSid,
    DialCallStatus: status,
    ...(status === 'completed' ? { DialCallDuration: String(toWholeSeconds(talkedMs)), DialBridged: 'true' } : {}),
  };
  return { kind: 'fetch', webhook, parameters };
};

async function ring(line: CallLine, legSid: string, number: string, limitMs: number): Promise<DialStatus> {
  const { ledger, calls, customers } = line.services;
  const customer = customers.findCustomer(number);
  const previousCalls = calls.countStartedCalls(number, customer?.sinceSeq ?? 0) - 1;
  const outcome = customer?.persona.rings[Math.min(previousCalls, customer.persona.rings.length - 1)];
  if (outcome === undefined || outcome.kind === 'unreachable') return 'failed';
  if (outcome.kind === 'busy') {
    await line.clock.wait(BUSY_MS);
    return 'busy';
  }
  ledger.append({ type: 'call.rang', callSid: legSid });
  await ledger.flushed();
  if (outcome.kind === 'no-answer' || outcome.afterMs > limitMs) {
    await line.clock.wait(limitMs);
    return 'no-answer';
  }
  await line.clock.wait(outcome.afterMs);
  ledger.append({ type: 'call.answered', callSid: legSid, beepAtMs: null });
  return 'completed';
}

async function talk(line: CallLine, number: string, limitMs: number): Promise<number> {
  const startedAt = line.clock.elapsedMs;
  const customer = line.services.customers.findCustomer(number);
  if (customer !== undefined) {
    const callee = new CustomerOnLine(customer, line.services.voices, false);
    const greeting = callee.respond();
    if (greeting.kind === 'say') line.placeSound('ours', callee.toSpeech(greeting.slot));
  }
  await line.clock.wait(Math.min(CONVERSATION_MS, limitMs));
  return line.clock.elapsedMs - startedAt;
}
