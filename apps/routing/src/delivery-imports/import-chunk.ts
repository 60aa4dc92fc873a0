import { Injectable } from '@nestjs/common';
import {
  CodedError,
  ContractViolation,
  DeliveryImportFinished,
  DeliveryInput,
  parseContract,
  RPC_ERROR_CODES,
  CreateDeliveryRpc,
  type FieldIssue,
  type ImportRowProblem,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryImportRowDocument } from '#libs/persistence/schemas/routing/delivery-import-rows.js';
import { Clock } from '#libs/clock/clock.js';
import { CreateDelivery } from '../delivery-commands/delivery-commands.module.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ImportRowRepository, type RowResult } from './import-row.repository.js';

/** Rows in one transaction: few, so that it takes well under a second and rarely conflicts with other writers. */
const ROWS_PER_TRANSACTION = 25;
/** Maximum characters of a stored error message. */
const MAX_MESSAGE_LENGTH = 1000;
/** Maximum stored issues of one row. */
const MAX_ISSUES = 100;

/**
 * Error codes that reject a row. They are thrown before any data of the row is written. Any other error is not caused
 * by the row and aborts the transaction.
 */
const REJECTION_CODES: readonly string[] = [
  ...CreateDeliveryRpc.errors,
  RPC_ERROR_CODES.notFound,
  RPC_ERROR_CODES.invalidRequest,
];

/**
 * Creates deliveries from the next rows of an import. One transaction stores the deliveries and the rows' results, so a
 * crash neither loses a row nor imports it twice.
 */
@Injectable()
export class ImportChunk {
  constructor(
    private readonly imports: DeliveryImportRepository,
    private readonly rows: ImportRowRepository,
    private readonly createDelivery: CreateDelivery,
    private readonly clock: Clock,
  ) {}

  /** @returns whether the import is done */
  async execute(organizationId: OrganizationId, importId: string, tx: Transaction): Promise<boolean> {
    const before = await this.imports.load(organizationId, importId, tx);
    if (before.state === 'done') return true;
    const pending = await this.rows.findPending(organizationId, importId, ROWS_PER_TRANSACTION, tx);
    const results: RowResult[] = [];
    for (const row of pending) results.push({ _id: row._id, ...(await this.importRow(organizationId, row, tx)) });
    if (results.length > 0) await this.rows.storeResults(organizationId, results, tx);

    const accepted = before.accepted + results.filter(({ deliveryId }) => deliveryId !== undefined).length;
    const rejected = before.rejected + results.filter(({ problem }) => problem !== undefined).length;
    const counted = { ...before, accepted, rejected };
    if (accepted + rejected < before.total && pending.length > 0) {
      await this.imports.save(tx, organizationId, counted);
      return false;
    }
    const now = this.clock.now();
    const payload = { importId, total: before.total, accepted, rejected };
    await this.imports.save(tx, organizationId, { ...counted, state: 'done', finishedAt: now }, [
      createAggregateEvent(DeliveryImportFinished, payload, now),
    ]);
    return true;
  }

  private async importRow(
    organizationId: OrganizationId,
    { json = '' }: DeliveryImportRowDocument,
    tx: Transaction,
  ): Promise<Omit<RowResult, '_id'>> {
    let reference: { reference?: string } = {};
    try {
      const input = parseContract(DeliveryInput, JSON.parse(json), 'reject');
      reference = { reference: input.reference };
      const { _id: deliveryId } = await this.createDelivery.execute(organizationId, input, tx);
      return { ...reference, deliveryId };
    } catch (error) {
      return { ...reference, problem: toProblem(error) };
    }
  }
}

/** @throws the error itself if the row did not cause it */
function toProblem(error: unknown): ImportRowProblem {
  if (error instanceof ContractViolation && error.contract === DeliveryInput.name)
    return createProblem('invalid_row', error.message, error.issues);
  if (error instanceof SyntaxError) return createProblem('unreadable_row', 'the row is not JSON', []);
  if (error instanceof CodedError && REJECTION_CODES.includes(error.code))
    return createProblem(error.code, error.message, error.details.issues ?? []);
  throw error;
}

function createProblem(code: string, message: string, issues: readonly FieldIssue[]): ImportRowProblem {
  const errors = issues.slice(0, MAX_ISSUES).map((issue) => ({
    path: issue.path.slice(0, 500),
    message: issue.message.slice(0, MAX_MESSAGE_LENGTH),
  }));
  return { code, message: message.slice(0, MAX_MESSAGE_LENGTH), ...(errors.length > 0 ? { errors } : {}) };
}
