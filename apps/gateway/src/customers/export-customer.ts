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

const PAGE_SIZE = 100;
/** How many deliveries or calls an export reads at once, so that it does not cause a burst of load. */
const BATCH_SIZE = 8;

interface Page<T> {
  readonly items: T[];
  readonly nextCursor?: string;
}

/** Collects all data about a customer from the apps into one document. */
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
    const deliveries = await readAllPages((cursor) =>
      this.rpc.call(ListDeliveriesRpc, { customerId, limit: PAGE_SIZE, ...cursor }, options),
    );
    const calls = await readAllPages((cursor) =>
      this.rpc.call(ListCallsRpc, { customerId, limit: PAGE_SIZE, ...cursor }, options),
    );
    return {
      exportedAt,
      customer,
      preferences,
      consent,
      deliveries: await mapInBatches(deliveries, (delivery) => this.readDelivery(delivery, options)),
      calls: await mapInBatches(calls, ({ attemptId }): Promise<CallDetails> =>
        this.rpc.call(GetCallRpc, { attemptId }, options),
      ),
    };
  }

  private async readDelivery(delivery: Delivery, options: CallOptions): Promise<ExportedDelivery> {
    const { deliveryId } = delivery;
    const timeline = await this.rpc.call(GetTimelineRpc, { deliveryId }, options);
    const recordings = await readAllPages((cursor) =>
      this.rpc.call(ListRecordingsRpc, { deliveryId, limit: PAGE_SIZE, ...cursor }, options),
    );
    const transcripts = await Promise.all(
      recordings.map(({ recordingId }) => this.readTranscript(recordingId, options)),
    );
    return { delivery, timeline, recordings, transcripts: transcripts.flat() };
  }

  /** Returns the transcript, or an empty list if the recording does not have one (yet). */
  private async readTranscript(recordingId: string, options: CallOptions): Promise<Transcript[]> {
    try {
      return [await this.rpc.call(GetTranscriptRpc, { recordingId }, options)];
    } catch (error) {
      if (error instanceof CodedError && error.code === RPC_ERROR_CODES.notFound) return [];
      throw error;
    }
  }
}

async function readAllPages<T>(readPage: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: { cursor?: string } = {};
  for (;;) {
    const page = await readPage(cursor);
    items.push(...page.items);
    if (page.nextCursor === undefined) return items;
    cursor = { cursor: page.nextCursor };
  }
}

async function mapInBatches<T, R>(items: readonly T[], mapItem: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    results.push(...(await Promise.all(items.slice(start, start + BATCH_SIZE).map(mapItem))));
  }
  return results;
}
