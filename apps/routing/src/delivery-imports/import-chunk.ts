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
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryImportRowDocument } from '#libs/persistence/schemas/routing/delivery-import-rows.js';
import { Clock } from '#libs/clock/clock.js';
import { CreateDelivery } from '../delivery-commands/delivery-commands.module.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { ImportRowRepository, type RowResult } from './import-row.repository.js';

/** So that one transaction lives well under a second, and other writers hardly ever meet it. */
const ROWS_A_TRANSACTION = 25;
const MOST_CHARACTERS = 1000;
const MOST_ISSUES = 100;

/**
 * What a row may be refused for: it is found before anything of the row is written. Everything else is no fault of the
 * row, and the transaction begins anew.
 */
const REFUSALS: readonly string[] = [
  ...CreateDeliveryRpc.errors,
  RPC_ERROR_CODES.notFound,
  RPC_ERROR_CODES.invalidRequest,
];

/**
 * Makes deliveries of the next rows of an import. The deliveries and the rows' results are one transaction: a process
 * that dies has done a row wholly or not at all, so no row is lost and none is done twice.
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
    const pending = await this.rows.findPending(organizationId, importId, ROWS_A_TRANSACTION, tx);
    const results: RowResult[] = [];
    for (const row of pending) results.push({ _id: row._id, ...(await this.importRow(organizationId, row, tx)) });
    if (results.length > 0) await this.rows.settle(organizationId, results, tx);

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
      aggregateEvent(DeliveryImportFinished, payload, now),
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
      return { ...reference, problem: problemOf(error) };
    }
  }
}

/** @throws what no row is to blame for */
function problemOf(error: unknown): ImportRowProblem {
  if (error instanceof ContractViolation && error.contract === DeliveryInput.name)
    return problem('invalid_row', error.message, error.issues);
  if (error instanceof SyntaxError) return problem('unreadable_row', 'the row is not JSON', []);
  if (error instanceof CodedError && REFUSALS.includes(error.code))
    return problem(error.code, error.message, error.details.issues ?? []);
  throw error;
}

function problem(code: string, message: string, issues: readonly FieldIssue[]): ImportRowProblem {
  const errors = issues.slice(0, MOST_ISSUES).map((issue) => ({
    path: issue.path.slice(0, 500),
    message: issue.message.slice(0, MOST_CHARACTERS),
  }));
  return { code, message: message.slice(0, MOST_CHARACTERS), ...(errors.length > 0 ? { errors } : {}) };
}
