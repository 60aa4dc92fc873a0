import { Injectable } from '@nestjs/common';
import {
  CodedError,
  GetCallRpc,
  GetConsentRpc,
  GetCustomerRpc,
  GetPreferencesRpc,
  GetTimelineRpc,
  GetTranscriptRpc,
  ListCallsRpc,
  ListDeliveriesRpc,
  ListRecordingsRpc,
  RPC_ERROR_CODES,
  type CallDetails,
  type Delivery,
  type Transcript,
} from '#libs/contracts/index.js';
import { RpcClient, type CallOptions } from '#libs/messaging/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { CustomerExport, ExportedDelivery } from './customer-export.dto.js';

const PAGE = 100;
/** Questions to one app at once, so that one export is no burst. */
const AT_ONCE = 8;

interface Page<T> {
  readonly items: T[];
  readonly nextCursor?: string;
}

/** Everything the apps hold of a customer, asked of each of them, as one document. */
@Injectable()
export class ExportCustomer {
  constructor(
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async execute(customerId: string, options: CallOptions): Promise<CustomerExport> {
    const exportedAt = this.clock.now().toISOString();
    const [customer, preferences, consent] = await Promise.all([
      this.rpc.call(GetCustomerRpc, { customerId }, options),
      this.rpc.call(GetPreferencesRpc, { customerId }, options),
      this.rpc.call(GetConsentRpc, { customerId }, options),
    ]);
    const deliveries = await everyPage((cursor) =>
      this.rpc.call(ListDeliveriesRpc, { customerId, limit: PAGE, ...cursor }, options),
    );
    const calls = await everyPage((cursor) =>
      this.rpc.call(ListCallsRpc, { customerId, limit: PAGE, ...cursor }, options),
    );
    return {
      exportedAt,
      customer,
      preferences,
      consent,
      deliveries: await aFewAtOnce(deliveries, (delivery) => this.delivery(delivery, options)),
      calls: await aFewAtOnce(calls, ({ attemptId }): Promise<CallDetails> =>
        this.rpc.call(GetCallRpc, { attemptId }, options),
      ),
    };
  }

  private async delivery(delivery: Delivery, options: CallOptions): Promise<ExportedDelivery> {
    const { deliveryId } = delivery;
    const timeline = await this.rpc.call(GetTimelineRpc, { deliveryId }, options);
    const recordings = await everyPage((cursor) =>
      this.rpc.call(ListRecordingsRpc, { deliveryId, limit: PAGE, ...cursor }, options),
    );
    const transcripts = await Promise.all(recordings.map(({ recordingId }) => this.transcript(recordingId, options)));
    return { delivery, timeline, recordings, transcripts: transcripts.flat() };
  }

  /** None while the recording waits for its transcript, or has none. */
  private async transcript(recordingId: string, options: CallOptions): Promise<Transcript[]> {
    try {
      return [await this.rpc.call(GetTranscriptRpc, { recordingId }, options)];
    } catch (error) {
      if (error instanceof CodedError && error.code === RPC_ERROR_CODES.notFound) return [];
      throw error;
    }
  }
}

async function everyPage<T>(ask: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: { cursor?: string } = {};
  for (;;) {
    const page = await ask(cursor);
    items.push(...page.items);
    if (page.nextCursor === undefined) return items;
    cursor = { cursor: page.nextCursor };
  }
}

async function aFewAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    done.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return done;
}
