import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import { ServerError, type ServerLocation, type ServerDefinition } from './server.js';
import type { Runner } from './process-runner.js';

/**
 * Whether a container engine is available. It checks for the socket first, because importing testcontainers takes
 * longer than starting all four servers as processes.
 */
export async function isDockerAvailable(env: NodeJS.ProcessEnv): Promise<boolean> {
  const runtimeDir = env['XDG_RUNTIME_DIR'];
  const sockets = [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.docker/desktop/docker.sock'),
    join(homedir(), '.colima/default/docker.sock'),
    ...(runtimeDir === undefined ? [] : [join(runtimeDir, 'docker.sock'), join(runtimeDir, 'podman/podman.sock')]),
  ];
  if (env['DOCKER_HOST'] === undefined && !sockets.some((socket) => existsSync(socket))) return false;
  try {
    const { getContainerRuntimeClient } = await import('testcontainers');
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

/** The folder for data and configuration inside a container. */
export const CONTAINER_DATA = '/srv/delauto';

interface Pausable {
  pause(): Promise<unknown>;
  unpause(): Promise<unknown>;
}

/**
 * Runs a server in a container, with the same arguments as a process. It listens on the same port inside and outside,
 * so that the member address of a replica set is valid for both. testcontainers removes the container if this process
 * dies.
 */
export class DockerRunner implements Runner {
  readonly pid = undefined;
  readonly logFile = undefined;
  #container: StartedTestContainer | undefined;
  #isRunning = false;

  constructor(
    private readonly definition: ServerDefinition,
    private readonly location: ServerLocation,
  ) {}

  get host(): string {
    const host = this.#container?.getHost();
    return host === undefined || host === 'localhost' ? '127.0.0.1' : host;
  }

  async start(): Promise<void> {
    if (this.#container) {
      await this.#container.restart();
      this.#isRunning = true;
      return;
    }
    const { GenericContainer } = await import('testcontainers');
    const { args, env, files } = this.definition.launch(this.location);
    const port = this.location.ports[0];
    const program = this.definition.programs[0] ?? '';
    const copies = (files ?? []).map(({ name, content }) => ({
      content,
      target: `${CONTAINER_DATA}/${name}`,
      mode: 0o644,
    }));
    this.#container = await new GenericContainer(this.definition.image)
      .withUser('0:0')
      // The data folder must exist before the server starts. The entry point of the image would switch to another user.
      .withEntrypoint(['/bin/sh', '-c', 'mkdir -p "$0" && exec "$@"', CONTAINER_DATA, program])
      .withCommand([...args])
      .withEnvironment({ ...env })
      .withCopyContentToContainer(copies)
      .withExposedPorts({ container: port, host: port })
      .start();
    this.#isRunning = true;
  }

  async stop(): Promise<void> {
    const container = this.#container;
    this.#container = undefined;
    this.#isRunning = false;
    await container?.stop({ timeout: this.definition.stopGraceMs, remove: true });
  }

  async kill9(): Promise<void> {
    this.#isRunning = false;
    // With a stop timeout of 0 Docker sends SIGKILL at once. The container and its data stay.
    await this.#container?.stop({ timeout: 0, remove: false });
  }

  async pause(): Promise<void> {
    await (await this.handle())?.pause();
  }

  async resume(): Promise<void> {
    await (await this.handle())?.unpause();
  }

  /** Returns the container engine's handle, because testcontainers cannot pause a container. */
  private async handle(): Promise<Pausable | undefined> {
    if (!this.#container) return undefined;
    const { getContainerRuntimeClient } = await import('testcontainers');
    return (await getContainerRuntimeClient()).container.getById(this.#container.getId());
  }

  assertRunning(): void {
    if (this.#isRunning) return;
    throw new ServerError('SERVER_DIED', `The container of ${this.definition.title} is not running.`);
  }
}
