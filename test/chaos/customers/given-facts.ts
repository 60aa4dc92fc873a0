import type { CarrierCall, CarrierLedger } from '../witnesses/carrier-ledger.js';
import type { PlannedDelivery } from '../seeding/plan-deliveries.js';
import { findReaction, type Behavior, type Reaction } from '../personas/behavior.js';
import type { AcceptedText } from './customer-initiative.js';
import type { Fact, GivenFact } from '../personas/fact.js';
import { CANNOT_CONTINUE } from '../personas/questions.js';

type Act = CarrierCall['acts'][number];

/** The facts that a customer communicated, by whether the product certainly recorded them. */
export interface CommunicatedFacts {
  /** The product continued with another question after the fact. */
  readonly given: readonly GivenFact[];
  /**
   * The conversation broke off after the fact, or the same question was repeated: the product may or may not have
   * recorded it. Both results are correct.
   */
  readonly uncertain: readonly GivenFact[];
}

export function communicatedFacts(
  plan: PlannedDelivery,
  ledger: CarrierLedger,
  texts: readonly AcceptedText[],
): CommunicatedFacts {
  const calls = ledger.calls.filter(({ to, from }) => to === plan.phone || from === plan.phone);
  const { text } = plan.moves;
  const texted = texts.filter(({ phone, body }) => phone === plan.phone && body === (text?.confirmation ?? text?.body));
  const heard = calls.flatMap((call) => extractFacts(call, plan.moves.behavior));
  const written = texted.flatMap(({ body, acceptedAt }) =>
    (text?.means ?? []).map((fact) => ({ ...fact, at: acceptedAt, evidence: `texted “${body}”` })),
  );
  return {
    given: [...heard.filter(({ isRecorded }) => isRecorded).map(({ fact }) => fact), ...written],
    uncertain: heard.filter(({ isRecorded }) => !isRecorded).map(({ fact }) => fact),
  };
}

function extractFacts(call: CarrierCall, behavior: Behavior): { fact: GivenFact; isRecorded: boolean }[] {
  let before = 0;
  return call.acts.flatMap((act, index) => {
    const prompt = getPromptBetween(call, before, act.seq);
    const next = call.acts[index + 1]?.seq ?? Infinity;
    const nextPrompt = getPromptBetween(call, act.seq, next);
    before = act.seq;
    const reaction = findReaction(prompt, behavior);
    if (!reaction) return [];
    const what = act.keys === undefined ? `said “${act.words ?? ''}”` : `pressed ${act.keys}`;
    const evidence = `${what} in call ${call.callSid}`;
    const isFactRecorded = hasContinued(nextPrompt, reaction, behavior);
    return toFacts(act, reaction).map((fact) => ({
      fact: { ...fact, at: act.at, evidence },
      isRecorded: isFactRecorded,
    }));
  });
}

function toFacts(act: Act, { moves }: Reaction): readonly Fact[] {
  const move = moves.find(({ act: planned }) => {
    if ('press' in planned) return planned.press === act.keys;
    return 'say' in planned && (planned.say === act.utterance || planned.say === act.words);
  });
  return move?.means ?? [];
}

const getPromptBetween = (call: CarrierCall, after: number, before: number): string =>
  call.heard
    .filter(({ seq }) => seq > after && seq < before)
    .map(({ text }) => text)
    .join(' ');

/** Whether the product answered with something other than an apology or the same question. */
function hasContinued(answer: string, asked: Reaction, behavior: Behavior): boolean {
  if (answer === '' || CANNOT_CONTINUE.test(answer)) return false;
  return findReaction(answer, behavior)?.asked !== asked.asked;
}
