import { Injectable } from '@nestjs/common';
import type { Verb, VoiceInput } from '#libs/domain/voice-flow/index.js';
import { parseOrganizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ReaderModelSource } from '#libs/ports/reader-model-source.js';
import { CarrierWebhooks, type VoiceRequest } from '#libs/ports/voice-carrier.js';
import {
  type CallChange,
  type CallLog,
  CallLogRepository,
  applyReport,
  RecordCallChange,
} from '../call-log/call-log.module.js';
import { SuppressedNumberRepository } from '../suppression/suppression.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { createCallUrls } from '../carrier/carrier.module.js';
import { isOptOut, takeTurn, withTurn } from './take-turn.js';

/** A voice webhook of one step of a call. */
export interface VoiceWebhook {
  readonly attemptId: string;
  readonly step: string;
  readonly request: VoiceRequest;
  readonly input: VoiceInput;
}

/** Responds to a voice webhook with the voice document that tells the carrier what to do next in the call. */
@Injectable()
export class AnswerVoiceWebhook {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly suppressed: SuppressedNumberRepository,
    private readonly webhooks: CarrierWebhooks,
    private readonly readerModel: ReaderModelSource,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  /** @returns the voice document; undefined if the attempt is unknown */
  async execute(webhook: VoiceWebhook): Promise<string | undefined> {
    return this.transactions.run(
      async (tx) => {
        const before = await this.callLogs.findInAnyOrganization(webhook.attemptId, tx);
        if (!before) return undefined;
        const now = this.clock.now();
        const observed = this.observeRequest(before, webhook.request, now);
        // A second call of this attempt must not join the conversation of the first.
        if (observed.effects.some(({ kind }) => kind === 'second_carrier_call')) {
          // DelAuto ends the second call. The interruption is recorded, so that no end of a call of this attempt is
          // treated as a hang-up by the customer.
          const { callLog } = applyReport(observed.callLog, { kind: 'interrupted' }, now);
          await this.recordChange.execute(tx, before, { ...observed, callLog, changed: true }, now);
          return this.render(webhook.attemptId, [{ kind: 'hangup' }], webhook.step);
        }
        const { attemptId, step, input } = webhook;
        const turn = takeTurn(observed.callLog, {
          step,
          input,
          now,
          ownNumber: this.settings.ownNumber,
          loadReader: () => this.readerModel.load(),
        });
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
      ? applyReport(callLog, { kind: 'carrier_status', carrierCallId, status, occurredAt: now }, now)
      : applyReport(callLog, { kind: 'create_accepted', carrierCallId }, now);
  }

  private render(attemptId: string, verbs: readonly Verb[], nextStep: string): string {
    const urls = createCallUrls(this.settings.publicUrl, attemptId);
    return this.webhooks.renderVoice(verbs, { voiceUrl: urls.voice(nextStep), recordingCallbackUrl: urls.recording });
  }

  private async suppress(tx: Transaction, { organizationId: organization, phone }: CallLog, now: Date): Promise<void> {
    await this.suppressed.suppress(parseOrganizationId(organization), phone, 'call', now, tx);
  }
}

const combine = (observed: CallChange, turn: CallChange): CallChange => ({
  callLog: turn.callLog,
  changed: observed.changed || turn.changed,
  events: [...observed.events, ...turn.events],
  effects: [...observed.effects, ...turn.effects],
});
