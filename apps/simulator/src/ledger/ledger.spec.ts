import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CallBook } from '../call-book/call-book.js';
import { Ledger } from './ledger.js';
import { summarizeCalls } from '../call-book/ledger-summary.js';

describe('the ledger', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    file = join(folder, 'ledger.jsonl');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function openLedger(): Promise<{ ledger: Ledger; calls: CallBook }> {
    const ledger = new Ledger(file, () => 1000);
    const calls = new CallBook(ledger);
    await ledger.open();
    return { ledger, calls };
  }
  const toCallCreated = (callSid: string, attemptId: string) => ({
    type: 'call.created' as const,
    callSid,
    to: '+14155550142',
    from: '+14155550100',
    direction: 'outbound-api' as const,
    parentCallSid: null,
    attempt: { attemptId },
    statusCallback: null,
  });

  it('is on disk after a flush, and is restored in full', async () => {
    const { ledger } = await openLedger();
    for (let index = 0; index < 100; index++) ledger.append(toCallCreated(`CA${index}`, `a${index}`));
    await ledger.flushed();
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(100);
    await ledger.close();
    const reopened = await openLedger();
    expect(summarizeCalls(reopened.calls.all()).calls).toBe(100);
    expect(reopened.ledger.append({ type: 'started' }).seq).toBe(101);
    await reopened.ledger.close();
  });

  it('drops a truncated last line but rejects a damaged line before it', async () => {
    const { ledger } = await openLedger();
    ledger.append(toCallCreated('CA1', 'a1'));
    await ledger.close();
    const completeText = readFileSync(file, 'utf8');
    writeFileSync(file, `${completeText}{"seq":2,"at":`);
    const reopened = await openLedger();
    expect(reopened.ledger.lastSeq).toBe(1);
    await reopened.ledger.close();
    expect(readFileSync(file, 'utf8')).toBe(completeText);
    writeFileSync(file, `{"seq":\n${completeText}`);
    await expect(openLedger()).rejects.toThrow('Line 1 of the ledger');
  });

  it('is summarized with attempts that were called or rung twice, and calls that overlap', async () => {
    const { ledger, calls } = await openLedger();
    for (const [callSid, attemptId] of [
      ['CA1', 'a1'],
      ['CA2', 'a1'],
      ['CA3', 'a3'],
    ] as const) {
      ledger.append(toCallCreated(callSid, attemptId));
      ledger.append({ type: 'call.started', callSid });
      if (callSid !== 'CA2') ledger.append({ type: 'call.rang', callSid });
      ledger.append({ type: 'call.ended', callSid, status: 'completed', endedBy: 'customer', durationSeconds: 1 });
    }
    expect(summarizeCalls(calls.all())).toMatchObject({
      calls: 3,
      rings: 2,
      open: 0,
      attemptsCalledTwice: [{ attempt: 'a1', callSids: ['CA1', 'CA2'] }],
      attemptsRungTwice: [],
      overlaps: [],
    });
    ledger.append(toCallCreated('CA4', 'a4'));
    ledger.append({ type: 'call.started', callSid: 'CA4' });
    ledger.append(toCallCreated('CA5', 'a5'));
    ledger.append({ type: 'call.started', callSid: 'CA5' });
    expect(summarizeCalls(calls.all()).overlaps).toEqual([{ number: '+14155550142', callSids: ['CA4', 'CA5'] }]);
    ledger.append({ type: 'reset' });
    expect(summarizeCalls(calls.all()).calls).toBe(0);
    await ledger.close();
  });
});
