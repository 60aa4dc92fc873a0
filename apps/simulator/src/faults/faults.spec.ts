import { copyFileSync, appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LedgerSummary } from '../call-book/ledger-summary.js';
import type { CallView } from '../call-book/call-view.js';
import { clientFor, ourNumber, startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';

const customer = '+14155550142';

describe('the simulator under faults', () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
    await simulator.control('POST', '/simulator/customers', { phone: customer, persona: 'never_answers' });
  });
  afterEach(() => simulator.close());

  const faults = (settings: object): Promise<unknown> => simulator.control('PUT', '/simulator/faults', settings);
  const create = (client = simulator.client, timeout = 5): ReturnType<typeof client.calls.create> =>
    client.calls.create({
      to: customer,
      from: ourNumber,
      url: `${simulator.application.url}/voice?attemptId=a1`,
      timeout,
      statusCallback: `${simulator.application.url}/status?attemptId=a1`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    });
  const summary = async (): Promise<LedgerSummary> =>
    (await simulator.control('GET', '/simulator/ledger/summary')) as LedgerSummary;

  it('creates the call after the client has given up', async () => {
    await faults({ createTimeout: 1, createTimeoutLagMs: 20 });
    await expect(create(clientFor(simulator.url, 150))).rejects.toMatchObject({ code: 'ECONNABORTED' });
    await simulator.application.waitFor('/status', 3);
    expect(await summary()).toMatchObject({ calls: 1, rings: 1 });
    expect(await simulator.client.calls.list({ to: customer })).toHaveLength(1);
  });

  it('creates the call and returns 500, so that a retry of the attempt appears in the ledger summary', async () => {
    await faults({ createErrorAfterEffect: 1 });
    // Rings for 2 s of real time, so that a busy machine places the second call while the first is open.
    await expect(create(simulator.client, 400)).rejects.toMatchObject({ status: 500, code: 20500 });
    await faults({});
    const second = await create();
    await simulator.application.waitFor('/status', 6);
    const { attemptsCalledTwice, attemptsRungTwice, overlaps } = await summary();
    expect(attemptsCalledTwice).toMatchObject([
      { attempt: 'a1', callSids: expect.arrayContaining([second.sid]) as unknown },
    ]);
    expect(attemptsRungTwice).toHaveLength(1);
    expect(overlaps).toHaveLength(1);
  });

  it('hides new calls from listings but not from a fetch by SID', async () => {
    await faults({ listingLagMs: 60_000 });
    const call = await create();
    expect(await simulator.client.calls.list({ to: customer })).toEqual([]);
    expect((await simulator.client.calls(call.sid).fetch()).sid).toBe(call.sid);
    await faults({});
    expect(await simulator.client.calls.list({ to: customer })).toHaveLength(1);
  });

  it('refuses requests with 429 before any effect: at random, by call rate and by concurrent calls', async () => {
    const refused = { status: 429, code: 20429 };
    await faults({ tooManyRequests: 1 });
    await expect(create()).rejects.toMatchObject(refused);
    await faults({ callsPerSecond: 1 });
    await create();
    await expect(create()).rejects.toMatchObject(refused);
    await simulator.application.waitFor('/status', 3);
    await faults({ concurrentCalls: 1 });
    await create();
    await expect(create()).rejects.toMatchObject(refused);
    expect((await summary()).calls).toBe(2);
  });

  it('duplicates and reorders status callbacks, which keep their sequence numbers', async () => {
    await faults({ duplicateCallbacks: 1 });
    await create();
    const doubled = await simulator.application.waitFor('/status', 6);
    expect(doubled.map(({ parameters }) => parameters['SequenceNumber'])).toEqual(['0', '0', '1', '1', '2', '2']);
    await faults({ reorderCallbacks: 1 });
    await create();
    const all = await simulator.application.waitFor('/status', 9);
    const reordered = all.slice(6).map(({ parameters }) => parameters['SequenceNumber']);
    expect(reordered).toEqual(['1', '0', '2']);
  });

  it('rejects invalid fault settings with all mistakes', async () => {
    await expect(faults({ duplicateCallbacks: 2, gremlins: 1 })).rejects.toThrow(
      /between 0 and 1.*no fault \\"gremlins\\"/,
    );
  });

  it('knows every ring after a crash, and ends the call that was in progress as failed', async () => {
    const call = await simulator.client.calls.create({
      to: customer,
      from: ourNumber,
      url: 'http://127.0.0.1:1/',
      timeout: 600,
      statusCallback: `${simulator.application.url}/crashed?attemptId=a7`,
      statusCallbackEvent: ['ringing', 'completed'],
    });
    await simulator.application.waitFor('/crashed', 1);
    // Simulates kill -9: the file has the synced lines and half of the line that was being written.
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
