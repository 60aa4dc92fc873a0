import type { PinnedPackage } from '../fetch/manifest.js';
import type { Version } from './version.js';

export const SERVER_NAMES = ['mongodb', 'nats', 'redis', 's3'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

/** How a server was found, in the order in which they are tried. */
export const STRATEGIES = ['url', 'docker', 'path', 'cache'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** A server could not be used; `code` tells why, the message what was found, where, and what is needed. */
export class ServerError extends Error {
  constructor(
    readonly code: 'SERVER_TOO_OLD' | 'SERVER_UNUSABLE' | 'SERVER_DIED' | 'SERVER_NOT_FOUND' | 'SERVER_NOT_OURS',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ServerError';
  }
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Where and how one instance runs; the same for a process and for a container. */
export interface Place {
  /** Address to bind to: the loopback for a process, everything inside a container. */
  readonly bind: string;
  /** The first one serves clients; the others are the server's own. */
  readonly ports: readonly [number, ...number[]];
  /** Folder for data and configuration, absolute. */
  readonly dataDir: string;
  readonly s3: S3Credentials & { readonly bucket: string };
}

export interface Launch {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Configuration files to write into `dataDir` first. */
  readonly files?: readonly { readonly name: string; readonly content: string }[];
}

/** All that is particular to one kind of server. */
export interface ServerDefinition {
  readonly name: ServerName;
  readonly title: string;
  readonly urlVariable: string;
  readonly minimum: Version;
  /** What the minimum is for, completing "needed is 2.10 or newer". */
  readonly minimumFor: string;
  /** Names of its program on the PATH, best first. */
  readonly programs: readonly string[];
  /** Arguments that make the program print its version. */
  readonly versionArgs: readonly string[];
  readonly aptHint: string;
  readonly pin: PinnedPackage;
  readonly image: string;
  readonly portCount: number;
  /** Time from SIGTERM after which it is killed, in ms. */
  readonly stopGraceMs: number;
  /** Removes what the server leaves outside its data folder. */
  readonly cleanUp?: (place: Place) => Promise<void>;
  launch(place: Place): Launch;
  /** The variables by which an app finds the server at `host`. */
  environment(place: Place, host: string): Record<string, string>;
  /**
   * Prepares the server once it listens (first start of a replica set, the bucket) and proves that it does its work by
   * doing some. Returns the version it reports. Rejects while it is not ready; may be called again and again.
   */
  prove(environment: NodeJS.ProcessEnv, ours: boolean): Promise<Version | undefined>;
}

/** One running server. */
export interface RunningServer {
  readonly name: ServerName;
  readonly strategy: Strategy;
  /** Client URL; for S3 the endpoint. */
  readonly url: string;
  /** The variables an app needs to use it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly version: string;
  readonly pid: number | undefined;
  readonly logFile: string | undefined;
  readonly readyAfterMs: number;
  /** Stops it in order, for good; data without a folder of its own is removed. A server given by URL is left alone. */
  stop(): Promise<void>;
  /** Kills it as a crash would. @throws ServerError `SERVER_NOT_OURS` for a server given by URL */
  kill9(): Promise<void>;
  /** Starts it again after `kill9`: same port, same data; resolves when it is ready. */
  restart(): Promise<void>;
  /**
   * Stops it from running until {@link resume}: its connections stay open, new ones are accepted by the kernel, and nothing is
   * answered. @throws ServerError `SERVER_NOT_OURS` for a server given by URL
   */
  pause(): Promise<void>;
  /** Lets it run again after {@link pause}. */
  resume(): Promise<void>;
}
