import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextMacrotask } from 'node:timers/promises';

import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { TestS3 } from '#libs/testing/servers/index.js';
import { testS3 } from '#libs/testing/servers/index.js';

import { startScriptedServer } from '../../scripted-server.conformance.js';
import { objectStoreConformance } from '../conformance/object-store.conformance.js';
import { S3ObjectStore } from './s3-object-store.js';

const createStore = (s3: TestS3, changes: Partial<ConstructorParameters<typeof S3ObjectStore>[0]> = {}) =>
  new S3ObjectStore({ ...s3, forcePathStyle: true, requestTimeoutMs: 10_000, ...changes });

objectStoreConformance('S3', async () => createStore(await testS3()));

describe('S3 object store', () => {
  let s3: TestS3;
  const stores: S3ObjectStore[] = [];
  const open = (changes: Parameters<typeof createStore>[1]) => {
    const store = createStore(s3, changes);
    stores.push(store);
    return store;
  };
  beforeAll(async () => {
    s3 = await testS3();
  });
  afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));

  it('creates a missing bucket', async () => {
    const store = open({ bucket: `${s3.bucket}-2` });
    await store.ensureBucket();
    await store.put({ key: 'a', body: Buffer.from('x'), contentType: 'text/plain' });
    expect((await store.head('a'))?.size).toBe(1);
    await store.delete('a');
  });

  it('reports wrong credentials as unauthorized', async () => {
    const store = open({ secretAccessKey: 'wrong' });
    const put = store.put({ key: 'a', body: Buffer.from('x'), contentType: 'text/plain' });
    await expect(put).rejects.toMatchObject({ name: 'ProviderError', code: 'unauthorized', effect: 'none' });
  });

  it('reports an unreachable store as unavailable', async () => {
    const store = open({ endpoint: 'http://127.0.0.1:1' });
    await expect(store.head('a')).rejects.toMatchObject({ name: 'ProviderError', code: 'unavailable', effect: 'none' });
  });

  it('reports a store that does not respond as a timeout, with an unknown effect of the put', async () => {
    const silentServer = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silentServer, 'listening');
    const { port } = silentServer.address() as AddressInfo;
    const store = open({ endpoint: `http://127.0.0.1:${port}`, requestTimeoutMs: 100 });
    const put = store.put({ key: 'a', body: Buffer.from('x'), contentType: 'text/plain' });
    await expect(put).rejects.toMatchObject({ name: 'ProviderError', code: 'timeout', effect: 'unknown' });
    silentServer.closeAllConnections();
    silentServer.close();
  });

  it('succeeds if the store closes idle connections at the moment of reuse', async () => {
    const server = await startScriptedServer();
    server.setResponse((response) => response.writeHead(200, { etag: '"1"' }).end());
    const store = open({ endpoint: server.url });
    server.resetReusedConnections();
    for (let count = 0; count < 3; count += 1) {
      await store.put({ key: 'a', body: Buffer.from('x'), contentType: 'text/plain' });
      await nextMacrotask();
      await store.head('a');
      await nextMacrotask();
    }
    // Each request on a reused connection was received twice. Without reuse there would be six requests.
    expect(server.requests.length).toBeGreaterThan(6);
    await server.stop();
  });

  it('fails to verify an object that was stored by other software', async () => {
    const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    const { endpoint, region, bucket: Bucket, accessKeyId, secretAccessKey } = s3;
    const client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
    });
    await client.send(new PutObjectCommand({ Bucket, Key: 'foreign', Body: 'x' }));
    client.destroy();
    const get = open({}).get({ key: 'foreign', verify: true });
    await expect(get).rejects.toMatchObject({ code: 'checksum_mismatch', key: 'foreign' });
  });

  it('signs links for the public endpoint', async () => {
    const link = await open({ publicEndpoint: 'https://media.example' }).presignGet('a/b.wav', { expiresSeconds: 60 });
    expect(new URL(link).origin).toBe('https://media.example');
    expect(new URL(link).pathname).toBe(`/${s3.bucket}/a/b.wav`);
  });
});
