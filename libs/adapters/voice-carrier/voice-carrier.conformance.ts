import { setTimeout as pause } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PlaceCall, VoiceCarrier } from '#libs/ports/voice-carrier.js';

/** A carrier under test, with numbers of known behavior. */
export interface CarrierUnderTest {
  readonly carrier: VoiceCarrier;
  /** One of DelAuto's numbers at the carrier. */
  readonly from: string;
  /** A number that answers and stays on the line until the voice document ends. */
  readonly answers: string;
  /** A number that keeps ringing longer than the suite runs. */
  readonly rings: string;
  /** Webhook URLs that respond with a voice document of several seconds. */
  readonly urls: Pick<PlaceCall, 'voiceUrl' | 'statusCallbackUrl' | 'recordingCallbackUrl'>;
  /** Maximum time until a call is listed or has ended. */
  readonly timeoutMs: number;
  readonly stop: () => Promise<void>;
}

/** Requirements for every voice carrier. Must run against a carrier that places calls, real or simulated. */
export function voiceCarrierConformance(name: string, start: () => Promise<CarrierUnderTest>): void {
  describe(`voice carrier: ${name}`, () => {
    let underTest: CarrierUnderTest;
    const unknownCall = `CA${'0'.repeat(32)}`;
    const unknownRecording = `RE${'0'.repeat(32)}`;

    beforeAll(async () => {
      underTest = await start();
    });
    afterAll(() => underTest.stop());

    const placeCall = (to: string, record = false) =>
      underTest.carrier.placeCall({ to, from: underTest.from, ...underTest.urls, ringSeconds: 30, record });

    it('lists a placed call with its numbers and creation time', async () => {
      const since = new Date();
      const { carrierCallId } = await placeCall(underTest.answers);
      const listed = await waitFor(async () => {
        const calls = await underTest.carrier.listCalls({ to: underTest.answers, since });
        return calls.find((call) => call.carrierCallId === carrierCallId);
      });
      expect(listed).toMatchObject({ to: underTest.answers, from: underTest.from, direction: 'outbound' });
      expect(listed.createdAt.getTime()).toBeGreaterThanOrEqual(Math.floor(since.getTime() / 1000) * 1000);
    });

    it('does not list calls from before the requested time or to other numbers', async () => {
      await placeCall(underTest.answers);
      const later = new Date(Date.now() + 3_600_000);
      expect(await underTest.carrier.listCalls({ to: underTest.answers, since: later })).toEqual([]);
      expect(await underTest.carrier.listCalls({ to: '+14155550999', since: new Date(0) })).toEqual([]);
    });

    it('returns a call until its end', async () => {
      const { carrierCallId } = await placeCall(underTest.answers);
      const endedCall = await waitFor(async () => {
        const call = await underTest.carrier.getCall(carrierCallId);
        return call?.status === 'completed' ? call : undefined;
      });
      expect(endedCall.durationSeconds).toBeGreaterThanOrEqual(0);
    });

    it('ends a ringing call, also when repeated', async () => {
      const { carrierCallId } = await placeCall(underTest.rings);
      await underTest.carrier.endCall(carrierCallId);
      await underTest.carrier.endCall(carrierCallId);
      const { status } = await waitFor(async () => {
        const call = await underTest.carrier.getCall(carrierCallId);
        return call !== undefined && ['completed', 'canceled'].includes(call.status) ? call : undefined;
      });
      expect(['completed', 'canceled']).toContain(status);
    });

    it('cancels a ringing call, also when repeated', async () => {
      const { carrierCallId } = await placeCall(underTest.rings);
      await underTest.carrier.cancelCall(carrierCallId);
      await underTest.carrier.cancelCall(carrierCallId);
      const { status } = await waitFor(async () => {
        const call = await underTest.carrier.getCall(carrierCallId);
        return call !== undefined && ['no_answer', 'canceled'].includes(call.status) ? call : undefined;
      });
      expect(status).toBe('canceled');
    });

    it('does not end an answered call when canceling', async () => {
      const { carrierCallId } = await placeCall(underTest.answers);
      const isInProgress = async (): Promise<true | undefined> =>
        (await underTest.carrier.getCall(carrierCallId))?.status === 'in_progress' || undefined;
      await waitFor(isInProgress);
      await underTest.carrier.cancelCall(carrierCallId);
      const ended = await waitFor(async () => {
        const call = await underTest.carrier.getCall(carrierCallId);
        return call && !['queued', 'initiated', 'ringing', 'in_progress'].includes(call.status) ? call : undefined;
      });
      expect(ended.status).toBe('completed');
    });

    it('stores a recording in two channels until it is deleted', async () => {
      const { carrierCallId } = await placeCall(underTest.answers, true);
      const recording = await waitFor(async () => {
        const recordings = await underTest.carrier.listRecordings({ carrierCallId });
        return recordings.find(({ status }) => status === 'completed');
      });
      expect(recording).toMatchObject({ carrierCallId, channels: 2 });

      const { recordingId } = recording;
      const download = await underTest.carrier.downloadRecording({ recordingId, channels: 2 });
      const wav = await buffer(download.stream);
      expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
      expect(wav.readUInt16LE(22)).toBe(2);
      if (download.contentLength !== undefined) expect(wav.length).toBe(download.contentLength);

      await underTest.carrier.deleteRecording(recordingId);
      await underTest.carrier.deleteRecording(recordingId);
      const downloadAfterDeletion = underTest.carrier.downloadRecording({ recordingId, channels: 1 });
      await expect(downloadAfterDeletion).rejects.toMatchObject({ code: 'not_found', effect: 'none' });
    });

    it('reports unknown calls and recordings', async () => {
      expect(await underTest.carrier.getCall(unknownCall)).toBeUndefined();
      await expect(underTest.carrier.endCall(unknownCall)).rejects.toMatchObject({ code: 'not_found' });
      await expect(underTest.carrier.cancelCall(unknownCall)).rejects.toMatchObject({ code: 'not_found' });
      await underTest.carrier.deleteRecording(unknownRecording);
      const missing = underTest.carrier.downloadRecording({ recordingId: unknownRecording, channels: 2 });
      await expect(missing).rejects.toMatchObject({ code: 'not_found' });
    });

    it('rejects an invalid number, without effect', async () => {
      await expect(placeCall('+1999')).rejects.toMatchObject({
        name: 'ProviderError',
        code: 'invalid_input',
        effect: 'none',
      });
    });

    /** Repeats `find` until it returns a value. */
    async function waitFor<T>(find: () => Promise<T | undefined>): Promise<T> {
      const deadline = Date.now() + underTest.timeoutMs;
      for (;;) {
        const found = await find();
        if (found !== undefined) return found;
        if (Date.now() > deadline) throw new Error(`not found within ${underTest.timeoutMs} ms`);
        await pause(100);
      }
    }
  });
}
