import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { mixDown, mixRecording, VoiceLibrary, writeWav } from '../audio/audio.module.js';
import { CallBook } from '../call-book/call-book.module.js';
import { type Form, getFormValue } from '../request-bodies/request-bodies.module.js';
import {
  toCallRecordingJson,
  parseRecordingRequest,
  RecordingBook,
  toRecordingJson,
  type RecordingRecord,
} from '../recording-book/recording-book.module.js';
import { Switchboard } from '../calls/calls.module.js';
import { Ledger } from '../ledger/ledger.module.js';
import { SimulatorConfig } from '../config/config.module.js';
import {
  parseDateFilter,
  type ListQuery,
  toPageJson,
  paginate,
  RateLimitGuard,
  getQueryValue,
  TwilioApiError,
  TwilioAuthGuard,
} from '../twilio/twilio.module.js';

/** Twilio's Recordings resources of the account and of a call, and their media. */
@Controller('2010-04-01/Accounts/:accountSid')
@UseGuards(TwilioAuthGuard, RateLimitGuard)
export class RecordingsController {
  constructor(
    private readonly config: SimulatorConfig,
    private readonly recordings: RecordingBook,
    private readonly calls: CallBook,
    private readonly switchboard: Switchboard,
    private readonly voices: VoiceLibrary,
    private readonly ledger: Ledger,
  ) {}

  @Get('Recordings.json')
  list(@Query() query: ListQuery): Record<string, unknown> {
    const callSid = getQueryValue(query, 'CallSid');
    const all = callSid === undefined ? this.recordings.all() : this.recordings.listByCall(callSid);
    const page = paginate(filterNewestFirst(all, query), this.path('Recordings.json'), query);
    return toPageJson('recordings', page, (recording) => this.toJson(recording));
  }

  /** `RE….json` is the resource; `RE….wav`, or no extension, is the audio. */
  @Get('Recordings/:file')
  fetch(@Param('file') file: string, @Query() query: ListQuery, @Res() reply: FastifyReply): void {
    const [sid = '', extension] = file.split('.');
    const recording = this.find(sid);
    if (extension === 'json') {
      void reply.send(this.toJson(recording));
    } else if (extension === undefined || extension === 'wav') {
      void reply
        .header('content-type', 'audio/x-wav')
        .send(this.createMedia(recording, getQueryValue(query, 'RequestedChannels')));
    } else {
      throw new TwilioApiError(20404, `Only .wav media is available, not .${extension}.`);
    }
  }

  @Delete('Recordings/:file')
  @HttpCode(204)
  async delete(@Param('file') file: string): Promise<void> {
    const recording = this.find(file.replace(/\.json$/, ''));
    if (recording.status === 'in-progress' || recording.status === 'paused') {
      throw new TwilioApiError(20001, 'A recording in progress cannot be deleted.');
    }
    this.ledger.append({ type: 'recording.deleted', recordingSid: recording.sid });
    await this.ledger.flushed();
  }

  @Get('Calls/:callSid/Recordings.json')
  listOfCall(@Param('callSid') callSid: string, @Query() query: ListQuery): Record<string, unknown> {
    const page = paginate(
      filterNewestFirst(this.recordings.listByCall(callSid), query),
      this.path(`Calls/${callSid}/Recordings.json`),
      query,
    );
    return toPageJson('recordings', page, (recording) => toCallRecordingJson(recording, this.config.accountSid));
  }

  @Post('Calls/:callSid/Recordings.json')
  start(@Param('callSid') callSid: string, @Body() form: Form): Record<string, unknown> {
    const session = this.switchboard.findSession(callSid);
    if (session === undefined || this.calls.get(callSid)?.status !== 'in-progress') throw new TwilioApiError(21220);
    const recording = session.recordings.start(parseRecordingRequest(form ?? {}), 'StartCallRecordingAPI');
    return toCallRecordingJson(this.find(recording.sid), this.config.accountSid);
  }

  @Get('Calls/:callSid/Recordings/:file')
  fetchOfCall(@Param('callSid') callSid: string, @Param('file') file: string): Record<string, unknown> {
    const recording = this.find(file.replace(/\.json$/, ''));
    if (recording.callSid !== callSid) throw new TwilioApiError(20404);
    return toCallRecordingJson(recording, this.config.accountSid);
  }

  /** Sets `Status=paused|in-progress|stopped`. The SID `Twilio.CURRENT` means the recording in progress. */
  @Post('Calls/:callSid/Recordings/:file')
  @HttpCode(200)
  update(@Param('callSid') callSid: string, @Param('file') file: string, @Body() form: Form): Record<string, unknown> {
    const sid = file.replace(/\.json$/, '');
    const status = getFormValue(form ?? {}, 'Status');
    if (status !== 'paused' && status !== 'in-progress' && status !== 'stopped') {
      throw new TwilioApiError(20001, 'Status must be paused, in-progress or stopped.');
    }
    const pauseBehavior = getFormValue(form, 'PauseBehavior') === 'skip' ? 'skip' : 'silence';
    const isChanged = this.switchboard.findSession(callSid)?.recordings.update(sid, status, pauseBehavior);
    if (isChanged !== true) throw new TwilioApiError(20404, 'This recording is not in progress.');
    const current = sid === 'Twilio.CURRENT' ? this.recordings.listByCall(callSid).at(-1) : this.recordings.get(sid);
    if (current === undefined) throw new TwilioApiError(20404);
    return toCallRecordingJson(current, this.config.accountSid);
  }

  @Delete('Calls/:callSid/Recordings/:file')
  @HttpCode(204)
  deleteOfCall(@Param('file') file: string): Promise<void> {
    return this.delete(file);
  }

  /** Mixes the audio on request. By default it has the channels that were requested when the recording started. */
  private createMedia(recording: RecordingRecord, requestedChannels: string | undefined): Buffer {
    if (recording.status !== 'completed' || recording.durationMs === null) {
      throw new TwilioApiError(20404, 'The recording has no media, because it is not completed.');
    }
    const { durationMs, pieces, track } = recording;
    const channels = mixRecording({ durationMs, pieces, track }, (file) => this.voices.readSamples(file));
    if (recording.channels === 1 && requestedChannels === '2') {
      throw new TwilioApiError(20001, 'A mono recording cannot be fetched with two channels.');
    }
    const isDual = requestedChannels === undefined ? recording.channels === 2 : requestedChannels === '2';
    return writeWav(isDual ? channels : [mixDown(...channels)]);
  }

  private toJson(recording: RecordingRecord): Record<string, unknown> {
    return toRecordingJson(recording, this.config.accountSid, this.config.publicUrl);
  }

  private find(sid: string): RecordingRecord {
    const recording = this.recordings.get(sid);
    if (recording === undefined)
      throw new TwilioApiError(20404, `The requested resource ${this.path(`Recordings/${sid}.json`)} was not found`);
    return recording;
  }

  private path(suffix: string): string {
    return `/2010-04-01/Accounts/${this.config.accountSid}/${suffix}`;
  }
}

function filterNewestFirst(recordings: readonly RecordingRecord[], query: ListQuery): RecordingRecord[] {
  const filters = (['=', '<', '>'] as const).flatMap((comparison) => {
    const value = getQueryValue(query, comparison === '=' ? 'DateCreated' : `DateCreated${comparison}`);
    if (value === undefined) return [];
    const range = parseDateFilter(value, comparison);
    if (range === undefined)
      throw new TwilioApiError(20001, 'DateCreated must be a date such as 2026-11-23T13:00:00Z.');
    return [range];
  });
  return recordings
    .filter(({ createdAt }) => filters.every(({ fromMs, toMs }) => createdAt >= fromMs && createdAt < toMs))
    .reverse();
}
