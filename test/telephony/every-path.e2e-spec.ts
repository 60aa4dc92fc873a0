import { loadReaderModel } from '#libs/testing/reader/reader-model.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { CallCompleted, type CallRequestedPayload } from '#libs/contracts/index.js';
import type {
  Decision,
  Language,
  Step,
  Verb,
  VoiceFlowContext,
  VoiceFlowState,
} from '#libs/domain/voice-flow/index.js';
import { callLogSchema, type CallLogDocument } from '../../apps/telephony/src/call-log/call-log.module.js';
import { sealFields } from '#libs/persistence/sealed-fields.js';
import { TEST_SEALER } from '#libs/testing/data-keys.js';
import { createCallRequest } from '#libs/testing/mesh/call-request.js';
import { TelephonyFixture, type Ring } from './telephony-fixture.js';
import { DISPATCHER, UNANSWERED_NUMBER, voicePaths, type Offer, type VoicePath } from './voice-paths.js';

/** The number of concurrent calls. */
const CONCURRENT_CALLS = 40;
const HOUR_MS = 3_600_000;

describe('the paths of the voice flow, through webhooks of a simulated carrier', () => {
  const baseRequest = createCallRequest('+13125550000');
  const startedAt = new Date();
  const windows = [44, 68].map((hours) => ({
    start: new Date(Date.parse(baseRequest.window.start) + hours * HOUR_MS).toISOString(),
    end: new Date(Date.parse(baseRequest.window.end) + hours * HOUR_MS).toISOString(),
  }));
  const paths = voicePaths(toContext);
  let fixture: TelephonyFixture;

  beforeAll(async () => {
    fixture = await TelephonyFixture.start({
      SIMULATOR_TIME_SCALE: '200',
      CARRIER_TIMEOUT_MS: '5000',
      CARRIER_SETTLE_MS: '20000',
    });
  }, 120_000);
  afterAll(() => fixture?.close());

  /** The context that telephony derives from the request below. */
  function toContext(language: Language, { slots, pauseForCodes }: Offer): VoiceFlowContext {
    const interval = ({ start, end }: { start: string; end: string }): VoiceFlowContext['planned'] => ({
      start: new Date(start),
      end: new Date(end),
    });
    return {
      organizationName: baseRequest.organizationName,
      customerName: baseRequest.customerName,
      planned: interval(baseRequest.window),
      zone: baseRequest.zone,
      // About noon in that zone, so that the day does not change during the calls.
      now: startedAt,
      language,
      recordConsentNeeded: true,
      loadReader: loadReaderModel,
      pauseForCodes,
      offeredSlots: windows.slice(0, slots).map((window, index) => ({
        id: `slot-${index + 1}`,
        window: interval(window),
      })),
      transferNumber: toTransferNumber(slots),
      maxCallSeconds: 240,
      elapsedSeconds: 0,
    };
  }

  /** The transfer number by number of slots: none, one that is not answered, and one that is answered. */
  function toTransferNumber(slots: number): string | undefined {
    return [undefined, UNANSWERED_NUMBER, DISPATCHER][slots];
  }

  const toRequest = ({ language, slots, pauseForCodes }: VoicePath, index: number): CallRequestedPayload => {
    const { deliveryId, attemptId } = createCallRequest('');
    const phone = `+1312557${String(index).padStart(4, '0')}`;
    const transferNumber = toTransferNumber(slots);
    return {
      ...baseRequest,
      deliveryId,
      attemptId,
      phone,
      language,
      pauseForCodes,
      alternativeWindows: windows.slice(0, slots),
      ...(transferNumber === undefined ? {} : { transferNumber }),
    };
  };

  it('are numerous and cover both languages', () => {
    expect(paths.length).toBeGreaterThan(300);
    const languages = paths.flatMap(({ steps }) => steps.map(({ state }) => state.language));
    expect(new Set(languages)).toEqual(new Set(['en', 'es']));
  });

  it('end with the state, the words and the decisions of the state machine', async () => {
    const calls = paths.map((path, index) => ({ path, request: toRequest(path, index) }));
    await fixture.registerCustomer(DISPATCHER, 'dispatcher');
    await fixture.registerCustomer(UNANSWERED_NUMBER, 'never_answers');
    // Whether the dispatcher answers is not part of the customer's script.
    const script = ({ moves }: VoicePath): readonly object[] =>
      moves
        .filter((move) => !('transfer' in move))
        .map((move) => ('leave' in move ? { say: move.leave, confidence: 1 } : move));
    await fixture.registerScriptedCustomers(
      calls.map(({ path, request: { phone } }) => ({ phone, script: script(path) })),
    );
    for (let from = 0; from < calls.length; from += CONCURRENT_CALLS) {
      const batch = calls.slice(from, from + CONCURRENT_CALLS);
      for (const { request } of batch) await fixture.requestCall(request.phone, request);
      await waitUntil(
        () =>
          batch.every(({ request: { attemptId } }) => fixture.peer.findEvents(CallCompleted, { attemptId }).length > 0),
        { what: `calls ${from} to ${from + batch.length} to end`, deadlineMs: 180_000, everyMs: 100 },
      );
    }
    // Read as telephony reads it, because the conversation is sealed.
    fixture.database.plugin(sealFields(TEST_SEALER));
    const callLogs = fixture.database.model('CallLog', callLogSchema.clone());
    const mismatches: string[] = [];
    for (const { path, request } of calls) {
      const callLog = await callLogs.findOne({ _id: request.attemptId }).lean<CallLogDocument>();
      const rings = await fixture.listRings(request.phone);
      const expected = toExpectation(path);
      const actual = { ...toOutcome(callLog), rings: rings.length, heard: joinHeard(rings) };
      if (JSON.stringify(actual) !== JSON.stringify(expected)) {
        mismatches.push(
          `${JSON.stringify(path.moves)}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(actual)}`,
        );
      }
    }
    // Each description is long; a few are enough.
    expect(mismatches.slice(0, 5)).toEqual([]);
  }, 1_800_000);
});

/** The conversation as telephony stores it. */
interface Conversation {
  readonly flow: VoiceFlowState;
  readonly decisions: readonly { readonly decision: Decision }[];
}

interface Outcome {
  readonly step: string | undefined;
  readonly ending: string | undefined;
  readonly decisions: readonly string[];
}

function toOutcome(callLog: CallLogDocument | null): Outcome {
  const conversation = callLog?.conversation as Conversation | undefined;
  return {
    step: conversation?.flow.step,
    ending: conversation?.flow.ending,
    decisions: (conversation?.decisions ?? []).map(({ decision }) => describeDecision(decision)),
  };
}

function toExpectation({ moves, steps }: VoicePath): Outcome & { rings: number; heard: string } {
  // A customer who hangs up is not asked further questions: the carrier reports the call's end but no further step.
  const last = moves.at(-1);
  const completedSteps = last && 'hangUp' in last ? steps.slice(0, -1) : steps;
  const { state } = completedSteps.at(-1) ?? {};
  return {
    step: state?.step,
    ending: state?.ending,
    decisions: completedSteps.flatMap(({ decisions }) => decisions.map(describeDecision)),
    rings: 1,
    heard: completedSteps.flatMap((step) => toWords(step)).join(' '),
  };
}

const describeDecision = (decision: Decision): string => {
  const { kind } = decision;
  if (kind === 'reschedule') return `${kind} ${decision.slot.id}`;
  if (kind === 'follow_up') return `${kind} ${decision.reason}`;
  if (kind === 'transfer') return `${kind} ${String(decision.connected)}`;
  if (kind === 'spoken_instruction') return `${kind} ${decision.text}`;
  return 'value' in decision ? `${kind} ${String(decision.value)} ${decision.source}` : kind;
};

const toWords = ({ verbs }: Step): string[] =>
  verbs.flatMap((verb: Verb) => {
    if (verb.kind === 'say') return [verb.text];
    return verb.kind === 'gather' ? verb.prompt.map(({ text }) => text) : [];
  });

const joinHeard = (rings: readonly Ring[]): string =>
  rings.flatMap(({ heard }) => heard.map(({ text }) => text)).join(' ');
