import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { mongo } from 'mongoose';

/**
 * Finds a text that is stored unencrypted in a stream, or in a database whose name starts with `prefix`, and is thus
 * readable in a copy of the disks.
 * @returns `database.collection/id` or `stream/sequence` of each occurrence
 */
export async function findPlaintextAtRest(
  text: string,
  { mongoUri, prefix, natsUrl }: { readonly mongoUri: string; readonly prefix: string; readonly natsUrl: string },
): Promise<string[]> {
  return [...(await searchDatabases(text, mongoUri, prefix)), ...(await searchStreams(text, natsUrl))];
}

async function searchDatabases(text: string, uri: string, prefix: string): Promise<string[]> {
  const client = await mongo.MongoClient.connect(uri);
  const places: string[] = [];
  try {
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    for (const { name } of databases.filter((database) => database.name.startsWith(prefix))) {
      for (const { name: collection } of await client.db(name).listCollections().toArray()) {
        for await (const document of client.db(name).collection(collection).find({}, { raw: true })) {
          const bytes = document as unknown as Buffer;
          if (bytes.includes(text))
            places.push(`${name}.${collection}/${String(mongo.BSON.deserialize(bytes)['_id'])}`);
        }
      }
    }
  } finally {
    await client.close();
  }
  return places;
}

async function searchStreams(text: string, servers: string): Promise<string[]> {
  const nats = await connect({ servers });
  const places: string[] = [];
  try {
    const manager = await jetstreamManager(nats);
    for await (const { config, state } of manager.streams.list()) {
      for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1) {
        const message = await manager.streams.getMessage(config.name, { seq });
        if (message && Buffer.from(message.data).includes(text)) places.push(`${config.name}/${seq}`);
      }
    }
  } finally {
    await nats.close();
  }
  return places;
}
