import type { CarrierCall, CarrierLedger } from '../carrier-ledger.js';
import type { PlannedDelivery } from '../seeding/plan-deliveries.js';
import { reactionTo, type Behavior, type Reaction } from './behavior.js';
import type { AcceptedText } from './customer-initiative.js';
import type { Fact, GivenFact } from './fact.js';
import { OUT_OF_ORDER } from './questions.js';

type Act = CarrierCall['acts'][number];

/**
 * What a customer has demonstrably made known. A key or a word counts only if our side went on to something else after it:
 * where the conversation broke there, or the same question came again, it never reached us, and no promise covers it.
 */
export function givenFacts(
  plan: PlannedDelivery,
  ledger: CarrierLedger,
  texts: readonly AcceptedText[],
): readonly GivenFact[] {
  const calls = ledger.calls.filter(({ to, from }) => to === plan.phone || from === plan.phone);
  const texted = texts.filter(({ phone, body }) => phone === plan.phone && body === plan.moves.text?.body);
  return [
    ...calls.flatMap((call) => factsOfCall(call, plan.moves.behavior)),
    ...texted.flatMap(({ body, acceptedAt }) =>
      (plan.moves.text?.means ?? []).map((fact) => ({ ...fact, at: acceptedAt, evidence: `texted “${body}”` })),
    ),
  ];
}

function factsOfCall(call: CarrierCall, behavior: Behavior): GivenFact[] {
  const given: GivenFact[] = [];
  let before = 0;
  for (const [index, act] of call.acts.entries()) {
    const prompt = promptBetween(call, before, act.seq);
    const next = call.acts[index + 1]?.seq ?? Infinity;
    const answer = promptBetween(call, act.seq, next);
    before = act.seq;
    const reaction = reactionTo(prompt, behavior);
    if (!reaction || !wasTaken(answer, reaction, behavior)) continue;
    const what = act.keys === undefined ? `said “${act.words ?? ''}”` : `pressed ${act.keys}`;
    const evidence = `${what} in call ${call.callSid}`;
    given.push(...meaningOf(act, reaction).map((fact) => ({ ...fact, at: act.at, evidence })));
  }
  return given;
}

function meaningOf(act: Act, { moves }: Reaction): readonly Fact[] {
  const move = moves.find(({ act: planned }) => {
    if ('press' in planned) return planned.press === act.keys;
    return 'say' in planned && (planned.say === act.utterance || planned.say === act.words);
  });
  return move?.means ?? [];
}

const promptBetween = (call: CarrierCall, after: number, before: number): string =>
  call.heard
    .filter(({ seq }) => seq > after && seq < before)
    .map(({ text }) => text)
    .join(' ');

/** Something else was said then, and neither an apology nor the same question. */
function wasTaken(answer: string, asked: Reaction, behavior: Behavior): boolean {
  if (answer === '' || OUT_OF_ORDER.test(answer)) return false;
  return reactionTo(answer, behavior)?.asked !== asked.asked;
}
