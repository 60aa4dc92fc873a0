import type { RecordingInstance } from 'twilio/lib/rest/api/v2010/account/recording.js';
import type { CallInstance, CallListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/call.js';

import { ProviderError } from '#libs/ports/errors.js';
import type {
  CarrierCall,
  CarrierRecording,
  PlaceCall,
  RecordingDownload,
  VoiceCarrier,
} from '#libs/ports/voice-carrier.js';

import type { TwilioAccount } from '../../twilio/twilio-client.js';
import { TwilioClient } from '../../twilio/twilio-client.js';
import { createUnexpectedResponseError, twilioProvider } from '../../twilio/twilio-errors.js';
import { toWebhookUrl } from '../../twilio/webhook-url.js';
import { toAnsweredBy, toCallDirection, toCallStatus, isSid, toRecordingStatus } from './twilio-fields.js';
import { downloadRecording } from './twilio-recordings.js';
import { turnCauseField } from './voice-turn.js';

/** Options of `TwilioVoiceCarrier`. */
export interface TwilioVoiceOptions extends TwilioAccount {
  /** See `defaultConnectionOverrides`. */
  readonly connectionOverrides?: string | undefined;
  /** Timeout of the complete download of a recording. Default: 2 minutes. */
  readonly downloadTimeoutMs?: number | undefined;
}

const defaultDownloadTimeoutMs = 120_000;
/** Higher than the number of calls that one phone number can receive within the reconciliation period. */
const MAX_LISTED_CALLS = 1_000;
/** Twilio's error "Call is not in-progress": the call has already ended. */
const callEndedCode = '21220';

/** Places calls through Twilio's SDK. Does not retry, because the caller decides whether a call may be repeated. */
export class TwilioVoiceCarrier implements VoiceCarrier {
  private readonly client: TwilioClient;

  constructor(private readonly options: TwilioVoiceOptions) {
    this.client = new TwilioClient(options);
  }

  async placeCall(call: PlaceCall): Promise<{ carrierCallId: string }> {
    const { sid } = await this.client.request('post', (twilio) => twilio.calls.create(this.toCreateOptions(call)));
    if (!isSid(sid, 'CA')) throw createUnexpectedResponseError('post', 'the new call has no ID');
    return { carrierCallId: sid };
  }

  listCalls({ to, since }: { to: string; since: Date }): Promise<readonly CarrierCall[]> {
    return this.client.request('get', async (twilio) => {
      // Twilio's own filter uses the start time, which a queued or failed call does not have.
      const calls = await twilio.calls.list({ to, limit: MAX_LISTED_CALLS, pageSize: MAX_LISTED_CALLS });
      return calls
        .map(toCarrierCall)
        .filter(({ createdAt }) => createdAt.getTime() >= floorToSeconds(since))
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    });
  }

  async getCall(carrierCallId: string): Promise<CarrierCall | undefined> {
    const sid = requireSid(carrierCallId, 'CA');
    return undefinedIfMissing(
      this.client.request('get', async (twilio) => toCarrierCall(await twilio.calls(sid).fetch())),
    );
  }

  endCall(carrierCallId: string): Promise<void> {
    return this.updateStatus(carrierCallId, 'completed');
  }

  cancelCall(carrierCallId: string): Promise<void> {
    return this.updateStatus(carrierCallId, 'canceled');
  }

  async redirectCall(call: {
    carrierCallId: string;
    voiceUrl: string;
    reason: 'machine_beep' | 'redirect';
  }): Promise<void> {
    const sid = requireSid(call.carrierCallId, 'CA');
    const url = toWebhookUrl(call.voiceUrl, this.options.connectionOverrides, { [turnCauseField]: call.reason });
    await this.client.request('post', (twilio) => twilio.calls(sid).update({ url, method: 'POST' }));
  }

  async setRecordingPaused(call: { carrierCallId: string; isPaused: boolean }): Promise<void> {
    const sid = requireSid(call.carrierCallId, 'CA');
    const change = call.isPaused
      ? { status: 'paused' as const, pauseBehavior: 'silence' }
      : { status: 'in-progress' as const };
    await this.client.request('post', (twilio) => twilio.calls(sid).recordings('Twilio.CURRENT').update(change));
  }

  async listRecordings({ carrierCallId }: { carrierCallId: string }): Promise<readonly CarrierRecording[]> {
    const callSid = requireSid(carrierCallId, 'CA');
    return this.client.request('get', async (twilio) =>
      (await twilio.recordings.list({ callSid })).map(toCarrierRecording),
    );
  }

  async downloadRecording(recording: { recordingId: string; channels: 1 | 2 }): Promise<RecordingDownload> {
    requireSid(recording.recordingId, 'RE');
    return downloadRecording(this.client, recording, this.options.downloadTimeoutMs ?? defaultDownloadTimeoutMs);
  }

  async deleteRecording(recordingId: string): Promise<void> {
    const sid = requireSid(recordingId, 'RE');
    await undefinedIfMissing(this.client.request('delete', (twilio) => twilio.recordings(sid).remove()));
  }

  private async updateStatus(carrierCallId: string, status: 'completed' | 'canceled'): Promise<void> {
    const sid = requireSid(carrierCallId, 'CA');
    try {
      await this.client.request('post', (twilio) => twilio.calls(sid).update({ status }));
    } catch (error) {
      if (!(error instanceof ProviderError && error.vendorCode === callEndedCode)) throw error;
    }
  }

  private toCreateOptions(call: PlaceCall): CallListInstanceCreateOptions {
    const toUrl = (target: string) => toWebhookUrl(target, this.options.connectionOverrides);
    return {
      to: call.to,
      from: call.from,
      url: toUrl(call.voiceUrl),
      method: 'POST',
      ...(call.fallbackUrl !== undefined && { fallbackUrl: toUrl(call.fallbackUrl), fallbackMethod: 'POST' }),
      statusCallback: toUrl(call.statusCallbackUrl),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      timeout: call.ringSeconds,
      ...(call.record && {
        record: true,
        recordingChannels: 'dual',
        recordingTrack: 'both',
        trim: 'do-not-trim',
        recordingStatusCallback: toUrl(call.recordingCallbackUrl),
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
      }),
      ...(call.amdCallbackUrl !== undefined && {
        machineDetection: 'DetectMessageEnd',
        asyncAmd: 'true',
        asyncAmdStatusCallback: toUrl(call.amdCallbackUrl),
        asyncAmdStatusCallbackMethod: 'POST',
      }),
    };
  }
}

function toCarrierCall(call: CallInstance): CarrierCall {
  return {
    carrierCallId: call.sid,
    to: call.to,
    from: call.from,
    status: toCallStatus(call.status),
    direction: toCallDirection(call.direction),
    createdAt: call.dateCreated,
    answeredBy: toAnsweredBy(call.answeredBy ?? undefined),
    durationSeconds: toSeconds(call.duration),
  };
}

function toCarrierRecording(recording: RecordingInstance): CarrierRecording {
  return {
    recordingId: recording.sid,
    carrierCallId: recording.callSid,
    status: toRecordingStatus(recording.status),
    channels: Number(recording.channels) === 2 ? 2 : 1,
    createdAt: recording.dateCreated,
    durationSeconds: toSeconds(recording.duration),
  };
}

/** Twilio returns durations as text, in seconds, and null before the call or recording has ended. */
function toSeconds(duration: string | null | undefined): number | undefined {
  return duration == null ? undefined : Number(duration);
}

/** Twilio's timestamps have a resolution of one second. */
function floorToSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}

function requireSid(id: string, prefix: 'CA' | 'RE'): string {
  if (isSid(id, prefix)) return id;
  throw new ProviderError({
    provider: twilioProvider,
    code: 'invalid_input',
    effect: 'none',
    message: `The ID is invalid: expected ${prefix} followed by 32 hexadecimal digits.`,
  });
}

async function undefinedIfMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'not_found') return undefined;
    throw error;
  }
}
