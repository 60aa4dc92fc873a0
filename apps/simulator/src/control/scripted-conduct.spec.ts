import { startSimulator, DELAUTO_NUMBER, type SimulatorFixture } from '../testing/simulator-fixture.js';
import { parseAct, parseConduct } from './scripted-conduct.js';

describe('parseAct', () => {
  it('parses keys, speech, silence, and hanging up with or without speech', () => {
    expect(
      [{ press: '4815#' }, { say: 'yes' }, { say: 'yes', confidence: 0.4 }, { silent: true }, { hangUp: 0.5 }].map(
        parseAct,
      ),
    ).toEqual([
      { kind: 'press', digits: '4815#' },
      { kind: 'say', slot: 'yes' },
      { kind: 'say', slot: 'yes', confidence: 0.4 },
      { kind: 'silent' },
      { kind: 'hang-up', atShare: 0.5 },
    ]);
    expect(parseAct({ hangUp: 1, say: 'bye' })).toEqual({ kind: 'hang-up', atShare: 1, slot: 'bye' });
  });

  it.each([[{}], [null], [{ press: 'x' }], [{ say: '' }], [{ hangUp: 2 }], [{ say: 'a', confidence: 7 }]])(
    'rejects %p',
    (value) => expect(parseAct(value)).toBeUndefined(),
  );
});

describe('parseConduct', () => {
  const listProblems = (fields: Record<string, unknown>): string[] => {
    const problems: string[] = [];
    parseConduct(fields, problems);
    return problems;
  };

  it('parses reactions, rings and the pause before a response', () => {
    const problems: string[] = [];
    const reactions = [{ asked: 'be there', acts: [{ press: '1' }] }];
    const rings = ['busy', { answersAfterMs: 100 }, { voicemailAfterMs: 200 }];
    expect(parseConduct({ reactions, rings, thinksMs: 5 }, problems)).toEqual({
      reactions: [{ asked: 'be there', acts: [{ kind: 'press', digits: '1' }] }],
      rings: [
        { kind: 'busy' },
        { kind: 'answers', afterMs: 100 },
        { kind: 'voicemail', afterMs: 200, greeting: 'greeting-voicemail' },
      ],
      thinksMs: 5,
    });
    expect(problems).toEqual([]);
    expect(parseConduct({}, problems)).toBeUndefined();
  });

  it('reports every problem', () => {
    expect(listProblems({ reactions: [{ asked: '(', acts: [{ press: '1' }] }] })).toEqual([
      expect.stringContaining('reactions'),
    ]);
    expect(listProblems({ reactions: [{ asked: 'a', acts: [] }] })).toEqual([expect.stringContaining('reactions')]);
    expect(listProblems({ rings: ['sings'], thinksMs: -1 })).toEqual([
      expect.stringContaining('rings'),
      expect.stringContaining('thinksMs'),
    ]);
  });
});

describe('a scripted customer', () => {
  let simulator: SimulatorFixture;
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.close());

  it('is busy for the first call, and reacts to the question in the second', async () => {
    const phone = '+14155550177';
    await simulator.control('POST', '/simulator/customers', {
      phone,
      persona: 'scripted',
      script: [{ silent: true }],
      reactions: [{ asked: 'be there', acts: [{ press: '2' }] }],
      rings: ['busy', { answersAfterMs: 100 }],
    });
    const twiml = '<Response><Gather numDigits="1"><Say>Will you be there?</Say></Gather><Hangup/></Response>';
    const callUntilEnd = async (): Promise<{ status: string; digits: string } | undefined> => {
      const { sid } = await simulator.client.calls.create({ to: phone, from: DELAUTO_NUMBER, twiml });
      for (;;) {
        const { calls } = (await simulator.control('GET', `/simulator/ledger?to=${encodeURIComponent(phone)}`)) as {
          calls: { callSid: string; status: string; digits: string; endedAt: string | null }[];
        };
        const call = calls.find(({ callSid, endedAt }) => callSid === sid && endedAt !== null);
        if (call) return call;
        await new Promise((resume) => setTimeout(resume, 10));
      }
    };
    expect(await callUntilEnd()).toMatchObject({ status: 'busy', digits: '' });
    expect(await callUntilEnd()).toMatchObject({ status: 'completed', digits: '2' });
  });
});
