import { copyFileSync, appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LedgerSummary } from '../call-book/ledger-summary.js';
import type { CallView } from '../call-book/call-view.js';
import {
  createTwilioClient,
  DELAUTO_NUMBER,
  startSimulator,
  type SimulatorFixture,
} from '../testing/simulator-fixture.js';

const customer = '+14155550142';

describe('the simulator under faults', () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
    await simulator.control('POST', '/simulator/customers', { phone: customer, persona: 'never_answers' });
  });
  afterEach(() => simulator.close());

  const setFaults = (settings: object): Promise<unknown> => simulator.control('PUT', '/simulator/faults', settings);
  const createCall = (client = simulator.client, timeout = 5): ReturnType<typeof client.calls.create> =>
    client.calls.create({
      to: customer,
      from: DELAUTO_NUMBER,
      url: `${simulator.application.url}/voice?attemptId=a1`,
      timeout,
      statusCallback: `${simulator.application.url}/status?attemptId=a1`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    });
  const getSummary = async (): Promise<LedgerSummary> =>
    (await simulator.control('GET', '/simulator/ledger/summary')) as LedgerSummary;

  it('creates the call after the client has given up', async () => {
    await setFaults({ createTimeout: 1, createTimeoutLagMs: 20 });
    await expect(createCall(createTwilioClient(simulator.url, 150))).rejects.toMatchObject({ code: 'ECONNABORTED' });
    await simulator.application.waitFor('/status', 3);
    expect(await getSummary()).toMatchObject({ calls: 1, rings: 1 });
    expect(await simulator.client.calls.list({ to: customer })).toHaveLength(1);
  });

  it('creates the call and returns 500, so that a retry of the attempt appears in the ledger summary', async () => {
    await setFaults({ createErrorAfterEffect: 1 });
    // Rings for 2 s of real time, so that even a slow machine places the second call while the first one is open.
    await expect(createCall(simulator.client, 400)).rejects.toMatchObject({ status: 500, code: 20500 });
    await setFaults({});
    const secondCall = await createCall();
    await simulator.application.waitFor('/status', 6);
    const { attemptsCalledTwice, attemptsRungTwice, overlaps } = await getSummary();
    expect(attemptsCalledTwice).toMatchObject([
      { attempt: 'a1', callSids: expect.arrayContaining([secondCall.sid]) as unknown },
    ]);
    expect(attemptsRungTwice).toHaveLength(1);
    expect(overlaps).toHaveLength(1);
  });

  it('hides new calls from listings but not from a fetch by SID', async () => {
    await setFaults({ listingLagMs: 60_000 });
    const call = await createCall();
    expect(await simulator.client.calls.list({ to: customer })).toEqual([]);
    expect((await simulator.client.calls(call.sid).fetch()).sid).toBe(call.sid);
    await setFaults({});
    expect(await simulator.client.calls.list({ to: customer })).toHaveLength(1);
  });

  it('refuses requests with 429 before any effect: at random, by call rate and by concurrent calls', async () => {
    const tooManyRequests = { status: 429, code: 20429 };
    await setFaults({ tooManyRequests: 1 });
    await expect(createCall()).rejects.toMatchObject(tooManyRequests);
    await setFaults({ callsPerSecond: 1 });
    await createCall();
    await expect(createCall()).rejects.toMatchObject(tooManyRequests);
    await simulator.application.waitFor('/status', 3);
    await setFaults({ concurrentCalls: 1 });
    await createCall();
    await expect(createCall()).rejects.toMatchObject(tooManyRequests);
    expect((await getSummary()).calls).toBe(2);
  });

  it('duplicates and reorders status callbacks, which keep their sequence numbers', async () => {
    await setFaults({ duplicateCallbacks: 1 });
    await createCall();
    const duplicated = await simulator.application.waitFor('/status', 6);
    expect(duplicated.map(({ parameters }) => parameters['SequenceNumber'])).toEqual(['0', '0', '1', '1', '2', '2']);
    await setFaults({ reorderCallbacks: 1 });
    await createCall();
    const received = await simulator.application.waitFor('/status', 9);
    const reordered = received.slice(6).map(({ parameters }) => parameters['SequenceNumber']);
    expect(reordered).toEqual(['1', '0', '2']);
  });

  it('rejects invalid fault settings with all problems', async () => {
    await expect(setFaults({ duplicateCallbacks: 2, gremlins: 1 })).rejects.toThrow(
      /between 0 and 1.*no fault \\"gremlins\\"/,
    );
  });

  it('restores every ring after a crash, and ends the call that was in progress as failed', async () => {
    const call = await simulator.client.calls.create({
      to: customer,
      from: DELAUTO_NUMBER,
      url: 'http://127.0.0.1:1/',
      timeout: 600,
      statusCallback: `${simulator.application.url}/crashed?attemptId=a7`,
      statusCallbackEvent: ['ringing', 'completed'],
    });
    await simulator.application.waitFor('/crashed', 1);
    // Simulates kill -9: the file contains the synced lines and the first part of the line that was being written.
    const folder = mkdtempSync(join(tmpdir(), 'simulator-crash-'));
    const ledgerFile = join(folder, 'ledger.jsonl');
    copyFileSync(simulator.ledgerFile, ledgerFile);
    appendFileSync(ledgerFile, '{"seq":999,"at":1,"type":"call.ended","callSid":"');
    const restarted = await startSimulator({ SIMULATOR_LEDGER_FILE: ledgerFile });
    try {
      const reported = await simulator.application.waitFor('/crashed', 2);
      expect(reported.at(-1)?.parameters).toMatchObject({ CallSid: call.sid, CallStatus: 'failed' });
      expect(await restarted.control('GET', '/simulator/ledger/summary')).toMatchObject({
        calls: 1,
        rings: 1,
        open: 0,
        byStatus: { failed: 1 },
      });
      const { calls } = (await restarted.control('GET', `/simulator/ledger?to=${encodeURIComponent(customer)}`)) as {
        calls: CallView[];
      };
      expect(calls).toMatchObject([{ callSid: call.sid, attempt: { attemptId: 'a7' }, endedBy: 'crash' }]);
      expect((await restarted.client.calls(call.sid).fetch()).status).toBe('failed');
      // The customer is restored too.
      expect(await restarted.control('GET', '/simulator/customers')).toMatchObject([
        { phone: customer, persona: 'never_answers' },
      ]);
    } finally {
      await restarted.close();
      rmSync(folder, { recursive: true });
    }
  });
});
