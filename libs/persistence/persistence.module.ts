import { Module, Optional, type DynamicModule } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import type { AppName } from '#libs/contracts/kernel/index.js';
import { Readiness } from '#libs/health/probes.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { sealFields } from './sealed-fields.js';
import { PERSISTENCE_APP, TransactionRunner } from './transaction.js';

/** Options of `PersistenceModule.forApp`. */
export interface PersistenceOptions {
  readonly app: AppName;
  /** Includes the base database name, e.g. `mongodb://127.0.0.1:27017/delauto?replicaSet=rs0`; see `databaseName`. */
  readonly uri: string;
  /** Keys that seal customer data: 32 bytes each, base64, the current key first. */
  readonly dataKeys: readonly string[];
}

/** Returns `<name in the URI>_<app>`. Each app has its own database, so the connection enforces data ownership. */
export function toDatabaseName(uri: string, app: AppName): string {
  const name = new URL(uri.replace(/^(mongodb(?:\+srv)?:\/\/)([^/?]*)/, '$1host')).pathname.slice(1);
  return `${name === '' ? 'delauto' : decodeURIComponent(name)}_${app}`;
}

/** Connects an app to its own database and provides its transactions. */
@Module({})
export class PersistenceModule {
  constructor(@InjectConnection() connection: Connection, @Optional() readiness?: Readiness) {
    readiness?.add(
      { name: 'mongodb', check: async () => (await connection.db?.admin().ping())?.['ok'] === 1 },
      'required',
    );
  }

  static forApp({ app, uri, dataKeys }: PersistenceOptions): DynamicModule {
    const sealer = new DataSealer(dataKeys);
    mongoose.set('strictQuery', 'throw');
    const connection = MongooseModule.forRoot(uri, {
      dbName: toDatabaseName(uri, app),
      appName: `delauto-${app}`,
      autoIndex: true,
      retryWrites: true,
      writeConcern: { w: 'majority', j: true },
      // As in transactions, so that a later command finds everything that a read has returned.
      readConcern: { level: 'majority' },
      sanitizeFilter: true,
      serverSelectionTimeoutMS: 10_000,
      maxPoolSize: 32,
      connectionFactory: (opened: Connection) => opened.plugin(sealFields(sealer)),
    });
    return {
      module: PersistenceModule,
      global: true,
      imports: [connection],
      providers: [
        { provide: PERSISTENCE_APP, useValue: app },
        { provide: DataSealer, useValue: sealer },
        TransactionRunner,
      ],
      exports: [TransactionRunner, PERSISTENCE_APP, DataSealer],
    };
  }
}
