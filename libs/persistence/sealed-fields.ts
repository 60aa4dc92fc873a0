import { mongo, Schema, type Query, type UpdateQuery } from 'mongoose';
import { isSealed, type DataSealer } from '#libs/sealing/data-sealer.js';

/** A top-level field that lies sealed in the database, under its organisation's key. Only its repository reads it. */
export const SEALED = { type: Schema.Types.Mixed, sealed: 'organization' } as const;

/** As {@link SEALED}, in a collection whose documents may belong to nobody. */
export const SEALED_FOR_ALL = { type: Schema.Types.Mixed, sealed: 'all' } as const;

type Fields = Record<string, unknown>;
type SealedFor = (typeof SEALED | typeof SEALED_FOR_ALL)['sealed'];

const READS = ['find', 'findOne', 'findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete'] as const;
const UPDATES = ['updateOne', 'updateMany', 'findOneAndUpdate', 'replaceOne', 'findOneAndReplace'] as const;

/**
 * Mongoose plugin: fields marked {@link SEALED} are sealed on their way into the database and opened on their way out,
 * for lean queries as repositories use them. Dates and binary data come back as they were. Whatever would store such a
 * field in the clear is refused. What was stored before a field was marked is read as it is.
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
    values[this.path] = this.sealer.seal(this.ownerOf(owner), this.context, mongo.BSON.serialize({ value }));
  }

  open(document: Fields): void {
    const stored = document[this.path];
    if (!isSealed(stored)) return;
    const opened = this.sealer.open(this.ownerOf(document), this.context, stored);
    document[this.path] = mongo.BSON.deserialize(opened, { promoteBuffers: true })['value'];
  }

  private ownerOf({ organizationId }: Fields): string {
    if (this.sealedFor === 'all') return '';
    if (typeof organizationId === 'string') return organizationId;
    throw new Error(`${this.context} is sealed: whoever reads or writes it has to say and select whose it is.`);
  }
}

function addHooks(schema: Schema, fields: readonly SealedField[]): void {
  schema.pre('insertMany', function (documents: Fields | Fields[]) {
    if (!Array.isArray(documents)) throw new Error('Sealed documents are inserted as a list.');
    documents.forEach((document, index) => (documents[index] = sealedCopy(document, document, fields)));
  });
  schema.pre([...UPDATES], function (this: Query<unknown, unknown>) {
    const update = this.getUpdate();
    if (update) this.setUpdate(sealedUpdate(update as Fields, this.getFilter(), fields));
  });
  schema.post([...READS], function (found: unknown) {
    for (const document of Array.isArray(found) ? found : [found]) {
      if (typeof document === 'object' && document !== null) {
        for (const field of fields) field.open(document as Fields);
      }
    }
  });
  schema.pre('save', refuse);
  schema.pre('bulkWrite', refuse);
}

function refuse(): never {
  throw new Error('A collection with sealed fields is written by insertMany, replacements and updates only.');
}

function sealedCopy(values: Fields, owner: Fields, fields: readonly SealedField[]): Fields {
  const copy = { ...values };
  for (const field of fields) field.seal(copy, owner);
  return copy;
}

/** The parts of an update that set values; a part of a sealed field cannot be set, since it is not there. */
function sealedUpdate(update: Fields, filter: Fields, fields: readonly SealedField[]): UpdateQuery<unknown> {
  const replacement = sealedCopy(update, { ...filter, ...update }, fields);
  for (const [operator, values] of Object.entries(update)) {
    if (!operator.startsWith('$') || typeof values !== 'object' || values === null) continue;
    refuseParts(Object.keys(values), fields);
    if (operator === '$set' || operator === '$setOnInsert') {
      replacement[operator] = sealedCopy(values as Fields, { ...filter, ...(values as Fields) }, fields);
    }
  }
  return replacement;
}

function refuseParts(paths: readonly string[], fields: readonly SealedField[]): void {
  const part = paths.find((path) => fields.some((field) => path.startsWith(`${field.path}.`)));
  if (part !== undefined) throw new Error(`${part} is part of a sealed field: set the whole of it.`);
}
