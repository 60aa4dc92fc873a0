import type * as Sdk from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PINNED } from '../fetch/manifest.js';
import type { ServerLocation, ServerDefinition } from './server.js';

const REGION = 'us-east-1';

interface WeedPorts {
  readonly [flag: string]: number;
}

/** SeaweedFS runs several servers in one process. Each listens on its own port and on a second one for gRPC. */
function weedPorts({ ports }: Pick<ServerLocation, 'ports'>): WeedPorts {
  const flags = ['s3.port', 's3.port.grpc', 'master.port', 'master.port.grpc', 'volume.port', 'volume.port.grpc'];
  flags.push('filer.port', 'filer.port.grpc', 'admin.port', 'admin.port.grpc');
  return Object.fromEntries(flags.map((flag, index) => [flag, ports[index] ?? 0]));
}

/**
 * SeaweedFS, an S3 server that verifies signatures. It uses `weed mini`, which is ready after 0.8 s; `weed server`
 * takes 3.3 s, most of it a fixed wait before the master elects itself.
 */
export const s3: ServerDefinition = {
  name: 's3',
  title: 'S3',
  urlVariable: 'S3_ENDPOINT',
  minimum: [4, 48],
  minimumFor: 'SeaweedFS with `weed mini`, the release that was measured',
  programs: ['weed'],
  versionArgs: ['version'],
  installAdvice: 'Debian has no SeaweedFS package; install a release from the project',
  pin: PINNED.s3,
  image: 'chrislusf/seaweedfs:4.48',
  portCount: 10,
  stopGraceMs: 8_000,

  launch(location) {
    const { bind, dataDir, s3: account } = location;
    const identity = {
      name: 'delauto',
      credentials: [{ accessKey: account.accessKeyId, secretKey: account.secretAccessKey }],
      actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'],
    };
    return {
      args: [
        // Logs to stderr only. By default, each start also creates three log files in the system's temporary folder.
        '-logtostderr=true',
        'mini',
        `-dir=${dataDir}`,
        '-ip=127.0.0.1',
        `-ip.bind=${bind}`,
        `-s3.config=${dataDir}/s3.json`,
        ...Object.entries(weedPorts(location)).map(([flag, port]) => `-${flag}=${port}`),
        '-s3.port.iceberg=0',
        '-s3.port.lance=0',
        '-webdav=false',
        '-admin.ui=false',
        `-s3.localSocket=${dataDir}/s3.sock`,
        `-filer.localSocket=${dataDir}/filer.sock`,
        // By default it sends telemetry to its vendor.
        '-master.telemetry=false',
      ],
      // One volume file per bucket instead of seven.
      env: { WEED_MASTER_VOLUME_GROWTH_COPY_1: '1' },
      files: [{ name: 's3.json', content: JSON.stringify({ identities: [identity] }) }],
    };
  },

  environment: ({ ports, s3: account }, host) => ({
    S3_ENDPOINT: `http://${host}:${ports[0]}`,
    S3_REGION: REGION,
    S3_BUCKET: account.bucket,
    S3_ACCESS_KEY_ID: account.accessKeyId,
    S3_SECRET_ACCESS_KEY: account.secretAccessKey,
  }),

  async checkReady(environment, isOwned) {
    const sdk = await import('@aws-sdk/client-s3');
    const bucket = environment['S3_BUCKET'] ?? '';
    const client = new sdk.S3Client({
      endpoint: environment['S3_ENDPOINT'] ?? '',
      region: environment['S3_REGION'] ?? REGION,
      credentials: {
        accessKeyId: environment['S3_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: environment['S3_SECRET_ACCESS_KEY'] ?? '',
      },
      forcePathStyle: true,
      maxAttempts: 1,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    const object = { Bucket: bucket, Key: `.delauto-ready/${randomUUID()}` };
    try {
      if (isOwned) await createBucket(sdk, client, bucket);
      const written = randomUUID();
      await client.send(new sdk.PutObjectCommand({ ...object, Body: written }));
      const { Body } = await client.send(new sdk.GetObjectCommand(object));
      if ((await Body?.transformToString()) !== written)
        throw new Error('The server returned a different object than was stored.');
      await client.send(new sdk.DeleteObjectCommand(object));
      // The S3 protocol does not report the server version.
      return undefined;
    } finally {
      client.destroy();
    }
  },

  async cleanUp(location) {
    // SeaweedFS creates these sockets, named by port, in the system's temporary folder and does not remove them.
    const ports = weedPorts(location);
    await Promise.all(
      ['s3', 'master', 'volume', 'filer', 'admin'].map((part) =>
        rm(join(tmpdir(), `seaweedfs-${part}-grpc-${ports[`${part}.port.grpc`] ?? 0}.sock`), { force: true }),
      ),
    );
  },
};

async function createBucket(sdk: typeof Sdk, client: Sdk.S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new sdk.CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    const exists = error instanceof sdk.BucketAlreadyOwnedByYou || error instanceof sdk.BucketAlreadyExists;
    if (!exists) throw error;
  }
}
