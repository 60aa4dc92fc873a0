import type { PinnedPackage } from '../fetch/manifest.js';
import type { Version } from './version.js';

export const SERVER_NAMES = ['mongodb', 'nats', 'redis', 's3'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

/** The ways to find a server, in the order in which they are tried. */
export const STRATEGIES = ['url', 'docker', 'path', 'cache'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** A server could not be used. The message names the server that was found, its location and the requirement. */
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

/** Addresses and folders of one server instance, for a process or a container. */
export interface ServerLocation {
  /** The address to bind to: the loopback address for a process, all addresses inside a container. */
  readonly bind: string;
  /** The first port serves clients. The server uses the others internally. */
  readonly ports: readonly [number, ...number[]];
  /** The absolute path of the folder for data and configuration. */
  readonly dataDir: string;
  readonly s3: S3Credentials & { readonly bucket: string };
}

export interface Launch {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Configuration files to write into `dataDir` before the start. */
  readonly files?: readonly { readonly name: string; readonly content: string }[];
}

/** Everything that is specific to one kind of server. */
export interface ServerDefinition {
  readonly name: ServerName;
  readonly title: string;
  readonly urlVariable: string;
  readonly minimum: Version;
  /** Why the minimum is needed, to complete "needed is 2.10 or newer". */
  readonly minimumFor: string;
  /** Program names on the PATH, preferred first. */
  readonly programs: readonly string[];
  /** Arguments that make the program print its version. */
  readonly versionArgs: readonly string[];
  readonly installAdvice: string;
  readonly pin: PinnedPackage;
  readonly image: string;
  readonly portCount: number;
  /** Time between SIGTERM and SIGKILL, in milliseconds. */
  readonly stopGraceMs: number;
  /** Removes files that the server leaves outside its data folder. */
  readonly cleanUp?: (place: ServerLocation) => Promise<void>;
  launch(place: ServerLocation): Launch;
  /** The environment variables with which an app connects to the server at `host`. */
  environment(place: ServerLocation, host: string): Record<string, string>;
  /**
   * Prepares the server once it listens (initiates the replica set, creates the bucket) and verifies that it works by
   * using it. Rejects while the server is not ready; may be called repeatedly.
   * @param isOwned whether this process started the server, so that preparing it is allowed
   * @returns the version that the server reports
   */
  checkReady(environment: NodeJS.ProcessEnv, isOwned: boolean): Promise<Version | undefined>;
}

/** One running server. */
export interface RunningServer {
  readonly name: ServerName;
  readonly strategy: Strategy;
  /** The URL for clients; for S3 the endpoint. */
  readonly url: string;
  /** The environment variables that an app needs to use the server. */
  readonly environment: Readonly<Record<string, string>>;
  readonly version: string;
  readonly pid: number | undefined;
  readonly logFile: string | undefined;
  readonly readyAfterMs: number;
  /** Stops the server gracefully and permanently. Removes temporary data. Does nothing to a server given by URL. */
  stop(): Promise<void>;
  /** Kills the server, like a crash. @throws ServerError `SERVER_NOT_OURS` for a server given by URL */
  kill9(): Promise<void>;
  /** Restarts the server after `kill9`, with the same port and data. Resolves when it is ready. */
  restart(): Promise<void>;
  /**
   * Freezes the server until {@link resume}: its connections stay open, the kernel accepts new ones, but the server
   * does not reply.
   * @throws ServerError `SERVER_NOT_OURS` for a server given by URL
   */
  pause(): Promise<void>;
  /** Resumes the server after {@link pause}. */
  resume(): Promise<void>;
}
