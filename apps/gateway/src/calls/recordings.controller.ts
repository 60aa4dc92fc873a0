import { Controller, Header, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  ChoiceField,
  GetRecordingRpc,
  GetRecordingLinkRpc,
  GetTranscriptRpc,
  IdField,
  InstantField,
  IntegerField,
  ListRecordingsRpc,
  Recording,
  RECORDING_VIEW_STATES,
  RecordingLink,
  RecordingPage,
  TextField,
  Transcript,
  type RecordingViewState,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';

const DEFAULT_PAGE = 50;

class RecordingsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @IdField({ optional: true }) deliveryId?: string;
  @IdField({ optional: true }) attemptId?: string;
  @ChoiceField(RECORDING_VIEW_STATES, { optional: true }) state?: RecordingViewState;
  @InstantField({ optional: true, description: 'Created at this instant or later.' }) from?: string;
  @InstantField({ optional: true, description: 'Created before this instant.' }) to?: string;
}

@Controller('v1/recordings')
export class RecordingsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', '', {
    id: 'listRecordings',
    summary: 'What is known of recordings, the latest first, a page at a time.',
    access: 'recordings:read',
    query: RecordingsQuery,
    reply: RecordingPage,
  })
  list(@ContractQuery(RecordingsQuery) query: RecordingsQuery, @AsCaller() caller: Caller): Promise<RecordingPage> {
    return this.rpc.call(ListRecordingsRpc, { ...query, limit: query.limit ?? DEFAULT_PAGE }, caller.options);
  }

  @Operation('GET', ':recordingId', {
    id: 'getRecording',
    summary: 'What is known of one recording.',
    access: 'recordings:read',
    reply: Recording,
    etag: true,
  })
  get(@Param('recordingId') recordingId: string, @AsCaller() caller: Caller): Promise<Recording> {
    return this.rpc.call(GetRecordingRpc, { recordingId }, caller.options);
  }

  @Operation('GET', ':recordingId/transcript', {
    id: 'getTranscript',
    summary: 'The customer’s words as text, and what was understood.',
    description:
      'Access codes are covered, character by character, so that offsets stay true. An agent reads transcripts of the ' +
      'deliveries that are with them, and only they read the codes, on the day of the delivery.',
    access: 'recordings:listen',
    reply: Transcript,
  })
  transcript(@Param('recordingId') recordingId: string, @AsCaller() caller: Caller): Promise<Transcript> {
    return this.rpc.call(GetTranscriptRpc, { recordingId, ...listenerOf(caller) }, caller.options);
  }

  @Operation('POST', ':recordingId/audio-links', {
    id: 'createAudioLink',
    summary: 'A link to the audio that needs no credential, serves ranges, and expires within minutes.',
    description: 'An agent may listen to recordings of the deliveries that are with them; others are not found.',
    access: 'recordings:listen',
    reply: RecordingLink,
    idempotent: false,
  })
  @Header('cache-control', 'no-store')
  createLink(@Param('recordingId') recordingId: string, @AsCaller() caller: Caller): Promise<RecordingLink> {
    return this.rpc.call(GetRecordingLinkRpc, { recordingId, ...listenerOf(caller) }, caller.options);
  }

  @Operation('GET', ':recordingId/audio', {
    id: 'listenToRecording',
    summary: 'Redirects to a short-lived link to the audio, which serves ranges.',
    access: 'recordings:listen',
    status: 302,
  })
  async listen(
    @Param('recordingId') recordingId: string,
    @AsCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { url } = await this.createLink(recordingId, caller);
    await reply.header('cache-control', 'no-store').redirect(url, 302);
  }
}

/** An agent asks as that agent; whoever else may listen asks for the organisation. */
const listenerOf = ({ identity }: Caller): { agentId?: string } =>
  identity.role === 'agent' ? { agentId: identity.agentId } : {};
