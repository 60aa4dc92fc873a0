import { Injectable } from '@nestjs/common';
import type { Verb, VoiceInput } from '#libs/domain/voice-flow/index.js';
import { organizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CarrierWebhooks, type VoiceRequest } from '#libs/ports/voice-carrier.js';
import {
  type CallChange,
  type CallLog,
  CallLogRepository,
  observe,
  RecordCallChange,
} from '../call-log/call-log.module.js';
import { SuppressedNumberRepository } from '../suppression/suppression.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { callUrls } from '../carrier/carrier.module.js';
import { isOptOut, takeTurn, withTurn } from './take-turn.js';

export interface VoiceWebhook {
  readonly attemptId: string;
  readonly step: string;
  readonly request: VoiceRequest;
  readonly input: VoiceInput;
}

/** Answers a voice webhook: the carrier asks what to do next in a call. */
@Injectable()
export class AnswerVoiceWebhook {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly suppressed: SuppressedNumberRepository,
    private readonly webhooks: CarrierWebhooks,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  /** @returns the voice document; undefined if the attempt is unknown */
  async execute(webhook: VoiceWebhook): Promise<string | undefined> {
    return this.transactions.run(
      async (tx) => {
        const before = await this.callLogs.findOfAnyOrganization(webhook.attemptId, tx);
        if (!before) return undefined;
        const now = this.clock.now();
        const observed = this.observeRequest(before, webhook.request, now);
        // A second call of this attempt must not join the conversation of the first.
        if (observed.effects.some(({ kind }) => kind === 'second_carrier_call')) {
          // We end the second call. Without this mark its end would count as the end of the first.
          const { callLog } = observe(observed.callLog, { kind: 'interrupted' }, now);
          await this.recordChange.execute(tx, before, { ...observed, callLog, changed: true }, now);
          return this.render(webhook.attemptId, [{ kind: 'hangup' }], webhook.step);
        }
        const { attemptId, step, input } = webhook;
        const turn = takeTurn(observed.callLog, { step, input, now, ownNumber: this.settings.ownNumber });
        if (turn.kind === 'repeated') {
          await this.recordChange.execute(tx, before, observed, now);
          return turn.document;
        }
        const document = this.render(attemptId, turn.next.verbs, turn.nextStep);
        const turnChange = withTurn(observed.callLog, turn, document, now);
        await this.recordChange.execute(tx, before, combine(observed, turnChange), now);
        if (isOptOut(turn)) await this.suppress(tx, before, now);
        return document;
      },
      // Urgent, because the customer is on the line; status reports of the same call can wait.
      { queueKey: webhook.attemptId, isUrgent: true },
    );
  }

  /** The webhook proves that the call exists and, while the call lasts, that it was answered. */
  private observeRequest(callLog: CallLog, { carrierCallId, status }: VoiceRequest, now: Date): CallChange {
    return status === 'in_progress' || status === 'ringing'
      ? observe(callLog, { kind: 'carrier_status', carrierCallId, status, occurredAt: now }, now)
      : observe(callLog, { kind: 'create_accepted', carrierCallId }, now);
  }

  private render(attemptId: string, verbs: readonly Verb[], nextStep: string): string {
    const urls = callUrls(this.settings.publicUrl, attemptId);
    return this.webhooks.renderVoice(verbs, { voiceUrl: urls.voice(nextStep), recordingCallbackUrl: urls.recording });
  }

  private async suppress(tx: Transaction, { organizationId: organization, phone }: CallLog, now: Date): Promise<void> {
    await this.suppressed.suppress(organizationId(organization), phone, 'call', now, tx);
  }
}

const combine = (observed: CallChange, turn: CallChange): CallChange => ({
  callLog: turn.callLog,
  changed: observed.changed || turn.changed,
  events: [...observed.events, ...turn.events],
  effects: [...observed.effects, ...turn.effects],
});
