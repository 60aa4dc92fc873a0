import type * as Sdk from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PINNED } from '../fetch/manifest.js';
import type { Place, ServerDefinition } from './server.js';

const REGION = 'us-east-1';

interface WeedPorts {
  readonly [flag: string]: number;
}

/** SeaweedFS is several servers in one process; each listens on a port of its own and one more for gRPC. */
function weedPorts({ ports }: Pick<Place, 'ports'>): WeedPorts {
  const flags = ['s3.port', 's3.port.grpc', 'master.port', 'master.port.grpc', 'volume.port', 'volume.port.grpc'];
  flags.push('filer.port', 'filer.port.grpc', 'admin.port', 'admin.port.grpc');
  return Object.fromEntries(flags.map((flag, index) => [flag, ports[index] ?? 0]));
}

/**
 * An S3 server that checks signatures: SeaweedFS. `weed mini` because it serves after 0.8 s, where `weed server` takes
 * 3.3 s, most of it a fixed wait before the master elects itself.
 */
export const s3: ServerDefinition = {
  name: 's3',
  title: 'S3',
  urlVariable: 'S3_ENDPOINT',
  minimum: [4, 48],
  minimumFor: 'SeaweedFS with `weed mini`, the release that was measured',
  programs: ['weed'],
  versionArgs: ['version'],
  aptHint: 'Debian carries no SeaweedFS: take a release from its project',
  pin: PINNED.s3,
  image: 'chrislusf/seaweedfs:4.48',
  portCount: 10,
  stopGraceMs: 8_000,

  launch(place) {
    const { bind, dataDir, s3: account } = place;
    const identity = {
      name: 'delauto',
      credentials: [{ accessKey: account.accessKeyId, secretKey: account.secretAccessKey }],
      actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'],
    };
    return {
      args: [
        // Into its one log file; by default it leaves three more a start in the system's folder for temporary files.
        '-logtostderr=true',
        'mini',
        ...[`-dir=${dataDir}`, '-ip=127.0.0.1', `-ip.bind=${bind}`, `-s3.config=${dataDir}/s3.json`],
        ...Object.entries(weedPorts(place)).map(([flag, port]) => `-${flag}=${port}`),
        ...['-s3.port.iceberg=0', '-s3.port.lance=0', '-webdav=false', '-admin.ui=false'],
        ...[`-s3.localSocket=${dataDir}/s3.sock`, `-filer.localSocket=${dataDir}/filer.sock`],
        // It would report to its makers.
        '-master.telemetry=false',
      ],
      // One volume file a bucket instead of seven.
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

  async prove(environment, ours) {
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
      if (ours) await createBucket(sdk, client, bucket);
      const written = randomUUID();
      await client.send(new sdk.PutObjectCommand({ ...object, Body: written }));
      const { Body } = await client.send(new sdk.GetObjectCommand(object));
      if ((await Body?.transformToString()) !== written) throw new Error('It returned another object than was put.');
      await client.send(new sdk.DeleteObjectCommand(object));
      // The protocol does not tell the server's release.
      return undefined;
    } finally {
      client.destroy();
    }
  },

  async cleanUp(place) {
    // SeaweedFS names these by port, in the system's folder for temporary files, and leaves them behind.
    const ports = weedPorts(place);
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
    const known = error instanceof sdk.BucketAlreadyOwnedByYou || error instanceof sdk.BucketAlreadyExists;
    if (!known) throw error;
  }
}
