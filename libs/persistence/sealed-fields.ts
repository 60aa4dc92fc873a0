import { mongo, Schema, type Query, type UpdateQuery } from 'mongoose';
import { isSealed, type DataSealer } from '#libs/sealing/data-sealer.js';

/** Schema type of a top-level field that is sealed in the database with its organization's key. */
export const SEALED = { type: Schema.Types.Mixed, sealed: 'organization' } as const;

/** As {@link SEALED}, in a collection whose documents may have no organization. */
export const SEALED_FOR_ALL = { type: Schema.Types.Mixed, sealed: 'all' } as const;

type Fields = Record<string, unknown>;
/** The owner of the key: the document's organization, or no organization. */
type SealedFor = (typeof SEALED | typeof SEALED_FOR_ALL)['sealed'];

const READ_OPERATIONS = ['find', 'findOne', 'findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete'] as const;
const UPDATE_OPERATIONS = ['updateOne', 'updateMany', 'findOneAndUpdate', 'replaceOne', 'findOneAndReplace'] as const;

/**
 * Creates a Mongoose plugin that seals fields marked {@link SEALED} on writes and opens them on reads. It supports
 * lean queries, which repositories use. Dates and binary data keep their types. Operations that would store such a
 * field in plain text throw. Values stored before a field was marked are read unchanged.
 */
export function sealFields(sealer: DataSealer): (schema: Schema) => void {
  return (schema) => {
    const collection = String(schema.get('collection'));
    const fields: SealedField[] = [];
    schema.eachPath((path, { options }) => {
      const sealedFor = (options as { sealed?: SealedFor }).sealed;
      if (sealedFor) fields.push(new SealedField(sealer, collection, path, sealedFor));
    });
    if (fields.length > 0) addHooks(schema, fields);
  };
}

/** Seals and opens one field of a collection. */
class SealedField {
  private readonly context: string;

  constructor(
    private readonly sealer: DataSealer,
    collection: string,
    readonly path: string,
    private readonly sealedFor: SealedFor,
  ) {
    this.context = `${collection}.${path}`;
  }

  seal(values: Fields, owner: Fields): void {
    const value = values[this.path];
    if (value === undefined || value === null) return;
    values[this.path] = this.sealer.seal(this.getOwner(owner), this.context, mongo.BSON.serialize({ value }));
  }

  open(document: Fields): void {
    const stored = document[this.path];
    if (!isSealed(stored)) return;
    const opened = this.sealer.open(this.getOwner(document), this.context, stored);
    document[this.path] = mongo.BSON.deserialize(opened, { promoteBuffers: true })['value'];
  }

  private getOwner({ organizationId }: Fields): string {
    if (this.sealedFor === 'all') return '';
    if (typeof organizationId === 'string') return organizationId;
    throw new Error(
      `${this.context} is sealed; include organizationId in the document, the filter and the projection.`,
    );
  }
}

function addHooks(schema: Schema, fields: readonly SealedField[]): void {
  schema.pre('insertMany', function (documents: Fields | Fields[]) {
    if (!Array.isArray(documents)) throw new Error('Documents with sealed fields must be inserted as a list.');
    documents.forEach((document, index) => (documents[index] = toSealedCopy(document, document, fields)));
  });
  schema.pre([...UPDATE_OPERATIONS], function (this: Query<unknown, unknown>) {
    const update = this.getUpdate();
    if (update) this.setUpdate(toSealedUpdate(update as Fields, this.getFilter(), fields));
  });
  schema.post([...READ_OPERATIONS], function (found: unknown) {
    for (const document of Array.isArray(found) ? found : [found]) {
      if (typeof document === 'object' && document !== null) {
        for (const field of fields) field.open(document as Fields);
      }
    }
  });
  schema.pre('save', rejectOperation);
  schema.pre('bulkWrite', rejectOperation);
}

function rejectOperation(): never {
  throw new Error('A collection with sealed fields supports only insertMany, replacements and updates.');
}

function toSealedCopy(values: Fields, owner: Fields, fields: readonly SealedField[]): Fields {
  const copy = { ...values };
  for (const field of fields) field.seal(copy, owner);
  return copy;
}

/**
 * Seals the values that an update sets. A nested path of a sealed field cannot be set, because the database has no such
 * path.
 */
function toSealedUpdate(update: Fields, filter: Fields, fields: readonly SealedField[]): UpdateQuery<unknown> {
  const replacement = toSealedCopy(update, { ...filter, ...update }, fields);
  for (const [operator, values] of Object.entries(update)) {
    if (!operator.startsWith('$') || typeof values !== 'object' || values === null) continue;
    rejectNestedPaths(Object.keys(values), fields);
    if (operator === '$set' || operator === '$setOnInsert') {
      replacement[operator] = toSealedCopy(values as Fields, { ...filter, ...(values as Fields) }, fields);
    }
  }
  return replacement;
}

function rejectNestedPaths(paths: readonly string[], fields: readonly SealedField[]): void {
  const nestedPath = paths.find((path) => fields.some((field) => path.startsWith(`${field.path}.`)));
  if (nestedPath !== undefined) throw new Error(`${nestedPath} is part of a sealed field; set the whole field.`);
}
