import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';

/** Maximum number of rows of one import. */
export const MAX_IMPORT_ROWS = 10_000;
/** Keeps a message that carries rows well below the broker's maximum message size. */
export const MAX_ROWS_PER_MESSAGE = 500;
/** Length of one row's JSON text, in characters. */
export const MAX_IMPORT_ROW_LENGTH = 20_000;

/** The states of an import. */
export const IMPORT_STATES = ['running', 'done'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
/** The states of a row of an import. */
export const IMPORT_ROW_STATES = ['pending', 'accepted', 'rejected'] as const;
export type ImportRowState = (typeof IMPORT_ROW_STATES)[number];

/** One row as received: a delivery as JSON text, or the reason why it cannot be parsed. */
export class ImportRowInput {
  /** Row number, from 1, in the order in which the rows were sent. */
  @IntegerField({ min: 1, max: MAX_IMPORT_ROWS }) row!: number;
  @TextField({ optional: true, max: MAX_IMPORT_ROW_LENGTH }) json?: string;
  /** Why the row cannot be parsed. Present if `json` is absent. */
  @TextField({ optional: true, max: 500 }) unreadable?: string;
}

export class AppendImportRowsRequest {
  @IdField() importId!: string;
  @ObjectListField(() => ImportRowInput, { minItems: 1, maxItems: MAX_ROWS_PER_MESSAGE }) rows!: ImportRowInput[];
}

/** The number of rows that were stored. */
export class AppendedImportRows {
  @IdField() importId!: string;
  @IntegerField({ min: 0 }) appended!: number;
}

export class StartDeliveryImportRequest {
  @IdField() importId!: string;
  @IntegerField({ min: 1, max: MAX_IMPORT_ROWS }) total!: number;
}

/** A bulk import of deliveries. Its rows are processed one after the other, and each has its own result. */
export class DeliveryImport {
  @IdField() importId!: string;
  @IntegerField({ min: 1 }) revision!: number;
  @ChoiceField(IMPORT_STATES) state!: ImportState;
  @IntegerField({ min: 0, description: 'Number of rows sent.' }) total!: number;
  @IntegerField({ min: 0, description: 'Number of rows from which a delivery was created.' }) accepted!: number;
  @IntegerField({ min: 0, description: 'Number of rows that were rejected. Each row states its problem.' })
  rejected!: number;
  @InstantField() createdAt!: string;
  @InstantField({ optional: true }) finishedAt?: string;
}

export class GetDeliveryImportRequest {
  @IdField() importId!: string;
}

/** A field of a row that violates the contract. */
export class ImportFieldIssue {
  @TextField({ min: 0, max: 500 }) path!: string;
  @TextField({ max: 1000 }) message!: string;
}

/** Why a row was rejected. */
export class ImportRowProblem {
  @TextField({ max: 100 }) code!: string;
  @TextField({ max: 1000 }) message!: string;
  @ObjectListField(() => ImportFieldIssue, { optional: true, maxItems: 100 }) errors?: ImportFieldIssue[];
}

/** One row of an import with its result. */
export class DeliveryImportRow {
  @IntegerField({ min: 1, max: MAX_IMPORT_ROWS }) row!: number;
  @ChoiceField(IMPORT_ROW_STATES) state!: ImportRowState;
  @TextField({ optional: true, max: 100 }) reference?: string;
  @IdField({ optional: true }) deliveryId?: string;
  @ObjectField(() => ImportRowProblem, { optional: true }) problem?: ImportRowProblem;
}

export class ListImportRowsRequest {
  @IdField() importId!: string;
  @ChoiceField(IMPORT_ROW_STATES, { optional: true }) state?: ImportRowState;
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

export class DeliveryImportRowPage {
  @ObjectListField(() => DeliveryImportRow, { maxItems: 200 }) items!: DeliveryImportRow[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

/** The fields of every event about an import. */
export class ImportFact {
  @IdField() importId!: string;
  @IntegerField({ min: 1 }) total!: number;
}

export class ImportFinishedPayload extends ImportFact {
  @IntegerField({ min: 0 }) accepted!: number;
  @IntegerField({ min: 0 }) rejected!: number;
}

export const AppendImportRowsRpc = defineCommand({
  subject: 'rpc.routing.import.append.v1',
  request: AppendImportRowsRequest,
  reply: AppendedImportRows,
  callers: ['gateway'],
  summary: 'Stores rows of an import that is still being sent. They are not processed until the import is started.',
});
export const StartDeliveryImportRpc = defineCommand({
  subject: 'rpc.routing.import.start.v1',
  request: StartDeliveryImportRequest,
  reply: DeliveryImport,
  errors: ['rows_missing'],
  callers: ['gateway'],
  summary: 'Starts an import whose rows are all stored. Deliveries are created from them from then on.',
});
export const GetDeliveryImportRpc = defineQuery({
  subject: 'rpc.routing.import.get.v1',
  request: GetDeliveryImportRequest,
  reply: DeliveryImport,
  callers: ['gateway'],
  summary: 'Returns an import and its progress.',
});
export const ListImportRowsRpc = defineQuery({
  subject: 'rpc.routing.import.list-rows.v1',
  request: ListImportRowsRequest,
  reply: DeliveryImportRowPage,
  callers: ['gateway'],
  summary: 'Lists the results of an import’s rows, in the order in which the rows were sent.',
});
export const DeliveryImportStarted = defineEvent({
  subject: 'routing.import.started.v1',
  payload: ImportFact,
  consumers: ['gateway'],
  summary: 'A bulk import was started.',
});
export const DeliveryImportFinished = defineEvent({
  subject: 'routing.import.finished.v1',
  payload: ImportFinishedPayload,
  consumers: ['gateway'],
  summary: 'A bulk import finished. Every row has its result.',
});
