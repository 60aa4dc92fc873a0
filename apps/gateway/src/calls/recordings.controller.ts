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

const DEFAULT_PAGE_SIZE = 50;

class RecordingsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @IdField({ optional: true }) deliveryId?: string;
  @IdField({ optional: true }) attemptId?: string;
  @ChoiceField(RECORDING_VIEW_STATES, { optional: true }) state?: RecordingViewState;
  @InstantField({ optional: true, description: 'Created at this instant or later.' }) from?: string;
  @InstantField({ optional: true, description: 'Created before this instant.' }) to?: string;
}

/** Recordings of calls, their transcripts and their audio. */
@Controller('v1/recordings')
export class RecordingsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', '', {
    id: 'listRecordings',
    summary: 'Lists recordings with their metadata, newest first.',
    access: 'recordings:read',
    query: RecordingsQuery,
    reply: RecordingPage,
  })
  list(@ContractQuery(RecordingsQuery) query: RecordingsQuery, @AsCaller() caller: Caller): Promise<RecordingPage> {
    return this.rpc.call(ListRecordingsRpc, { ...query, limit: query.limit ?? DEFAULT_PAGE_SIZE }, caller.options);
  }

  @Operation('GET', ':recordingId', {
    id: 'getRecording',
    summary: 'Returns the metadata of a recording.',
    access: 'recordings:read',
    reply: Recording,
    etag: true,
  })
  get(@Param('recordingId') recordingId: string, @AsCaller() caller: Caller): Promise<Recording> {
    return this.rpc.call(GetRecordingRpc, { recordingId }, caller.options);
  }

  @Operation('GET', ':recordingId/transcript', {
    id: 'getTranscript',
    summary: 'Returns the transcript of a recording and the instructions understood from it.',
    description:
      'Access codes are masked, character by character, so that offsets stay valid. An agent can read transcripts of the ' +
      'deliveries assigned to them, and only that agent sees the codes, on the day of the delivery.',
    access: 'recordings:listen',
    reply: Transcript,
  })
  getTranscript(@Param('recordingId') recordingId: string, @AsCaller() caller: Caller): Promise<Transcript> {
    return this.rpc.call(GetTranscriptRpc, { recordingId, ...toListener(caller) }, caller.options);
  }

  @Operation('POST', ':recordingId/audio-links', {
    id: 'createAudioLink',
    summary:
      'Creates a link to the audio. It needs no credential, supports range requests, and expires within minutes.',
    description: 'An agent can listen to recordings of the deliveries assigned to them; other recordings answer 404.',
    access: 'recordings:listen',
    reply: RecordingLink,
    idempotent: false,
  })
  @Header('cache-control', 'no-store')
  createLink(@Param('recordingId') recordingId: string, @AsCaller() caller: Caller): Promise<RecordingLink> {
    return this.rpc.call(GetRecordingLinkRpc, { recordingId, ...toListener(caller) }, caller.options);
  }

  @Operation('GET', ':recordingId/audio', {
    id: 'listenToRecording',
    summary: 'Redirects to a short-lived link to the audio, which supports range requests.',
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

/**
 * For an agent, the RPC restricts access to recordings of that agent's deliveries. Other roles may listen to all
 * recordings of the organization.
 */
const toListener = ({ identity }: Caller): { agentId?: string } =>
  identity.role === 'agent' ? { agentId: identity.agentId } : {};
