import { Module, Optional, type DynamicModule } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import type { AppName } from '#libs/contracts/kernel/index.js';
import { Readiness } from '#libs/health/probes.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { sealFields } from './sealed-fields.js';
import { PERSISTENCE_APP, TransactionRunner } from './transaction.js';

export interface PersistenceOptions {
  readonly app: AppName;
  /** With a database name, e.g. `mongodb://127.0.0.1:27017/delauto?replicaSet=rs0`: the app's own is derived from it. */
  readonly uri: string;
  /** What seals customers' words and codes: 32 bytes each, base64, the current one first. */
  readonly dataKeys: readonly string[];
}

/** `<the name in the URI>_<app>`: each app has its own database, so ownership is enforced by the connection. */
export function databaseName(uri: string, app: AppName): string {
  const name = new URL(uri.replace(/^(mongodb(?:\+srv)?:\/\/)([^/?]*)/, '$1host')).pathname.slice(1);
  return `${name === '' ? 'delauto' : decodeURIComponent(name)}_${app}`;
}

/** The app's connection to its own database, and the transactions on it. */
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
      dbName: databaseName(uri, app),
      appName: `delauto-${app}`,
      autoIndex: true,
      retryWrites: true,
      writeConcern: { w: 'majority', j: true },
      // As transactions see it: what a reader has been shown, a command a moment later finds, too.
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
