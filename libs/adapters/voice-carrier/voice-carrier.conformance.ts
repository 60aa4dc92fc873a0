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
    let under: CarrierUnderTest;
    const unknownCall = `CA${'0'.repeat(32)}`;
    const unknownRecording = `RE${'0'.repeat(32)}`;

    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());

    const place = (to: string, record = false) =>
      under.carrier.placeCall({ to, from: under.from, ...under.urls, ringSeconds: 30, record });

    it('lists a placed call with its numbers and creation time', async () => {
      const since = new Date();
      const { carrierCallId } = await place(under.answers);
      const listed = await eventually(async () => {
        const calls = await under.carrier.listCalls({ to: under.answers, since });
        return calls.find((call) => call.carrierCallId === carrierCallId);
      });
      expect(listed).toMatchObject({ to: under.answers, from: under.from, direction: 'outbound' });
      expect(listed.createdAt.getTime()).toBeGreaterThanOrEqual(Math.floor(since.getTime() / 1000) * 1000);
    });

    it('lists no calls from before the requested time or to other numbers', async () => {
      await place(under.answers);
      const later = new Date(Date.now() + 3_600_000);
      expect(await under.carrier.listCalls({ to: under.answers, since: later })).toEqual([]);
      expect(await under.carrier.listCalls({ to: '+14155550999', since: new Date(0) })).toEqual([]);
    });

    it('returns a call until its end', async () => {
      const { carrierCallId } = await place(under.answers);
      const ended = await eventually(async () => {
        const call = await under.carrier.getCall(carrierCallId);
        return call?.status === 'completed' ? call : undefined;
      });
      expect(ended.durationSeconds).toBeGreaterThanOrEqual(0);
    });

    it('ends a ringing call, also when repeated', async () => {
      const { carrierCallId } = await place(under.rings);
      await under.carrier.endCall(carrierCallId);
      await under.carrier.endCall(carrierCallId);
      const { status } = await eventually(async () => {
        const call = await under.carrier.getCall(carrierCallId);
        return call !== undefined && ['completed', 'canceled'].includes(call.status) ? call : undefined;
      });
      expect(['completed', 'canceled']).toContain(status);
    });

    it('cancels a ringing call, also when repeated', async () => {
      const { carrierCallId } = await place(under.rings);
      await under.carrier.cancelCall(carrierCallId);
      await under.carrier.cancelCall(carrierCallId);
      const { status } = await eventually(async () => {
        const call = await under.carrier.getCall(carrierCallId);
        return call !== undefined && ['no_answer', 'canceled'].includes(call.status) ? call : undefined;
      });
      expect(status).toBe('canceled');
    });

    it('does not end an answered call when canceling', async () => {
      const { carrierCallId } = await place(under.answers);
      const inProgress = async (): Promise<true | undefined> =>
        (await under.carrier.getCall(carrierCallId))?.status === 'in_progress' || undefined;
      await eventually(inProgress);
      await under.carrier.cancelCall(carrierCallId);
      const ended = await eventually(async () => {
        const call = await under.carrier.getCall(carrierCallId);
        return call && !['queued', 'initiated', 'ringing', 'in_progress'].includes(call.status) ? call : undefined;
      });
      expect(ended.status).toBe('completed');
    });

    it('stores a recording in two channels until it is deleted', async () => {
      const { carrierCallId } = await place(under.answers, true);
      const recording = await eventually(async () => {
        const recordings = await under.carrier.listRecordings({ carrierCallId });
        return recordings.find(({ status }) => status === 'completed');
      });
      expect(recording).toMatchObject({ carrierCallId, channels: 2 });

      const { recordingId } = recording;
      const download = await under.carrier.downloadRecording({ recordingId, channels: 2 });
      const wav = await buffer(download.stream);
      expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
      expect(wav.readUInt16LE(22)).toBe(2);
      if (download.contentLength !== undefined) expect(wav.length).toBe(download.contentLength);

      await under.carrier.deleteRecording(recordingId);
      await under.carrier.deleteRecording(recordingId);
      const gone = under.carrier.downloadRecording({ recordingId, channels: 1 });
      await expect(gone).rejects.toMatchObject({ code: 'not_found', effect: 'none' });
    });

    it('reports unknown calls and recordings', async () => {
      expect(await under.carrier.getCall(unknownCall)).toBeUndefined();
      await expect(under.carrier.endCall(unknownCall)).rejects.toMatchObject({ code: 'not_found' });
      await expect(under.carrier.cancelCall(unknownCall)).rejects.toMatchObject({ code: 'not_found' });
      await under.carrier.deleteRecording(unknownRecording);
      const missing = under.carrier.downloadRecording({ recordingId: unknownRecording, channels: 2 });
      await expect(missing).rejects.toMatchObject({ code: 'not_found' });
    });

    it('rejects an invalid number, without effect', async () => {
      await expect(place('+1999')).rejects.toMatchObject({
        name: 'ProviderError',
        code: 'invalid_input',
        effect: 'none',
      });
    });

    async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
      const deadline = Date.now() + under.timeoutMs;
      for (;;) {
        const found = await look();
        if (found !== undefined) return found;
        if (Date.now() > deadline) throw new Error(`not seen within ${under.timeoutMs} ms`);
        await pause(100);
      }
    }
  });
}
