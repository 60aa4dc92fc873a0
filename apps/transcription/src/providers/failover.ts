import { ProviderError } from '#libs/ports/errors.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

/** A provider and its name in the configuration. */
export interface NamedProvider<T> {
  readonly name: string;
  readonly provider: T;
}

export interface Answer<R> {
  readonly answer: R;
  /** Name of the provider. */
  readonly by: string;
}

/** Errors of the audio itself, which no other recognizer can fix. */
const UNRECOVERABLE: ReadonlySet<string> = new Set(['not_audio', 'empty', 'no_such_channel']);

/**
 * Calls the providers in the configured order until one succeeds.
 * @param onFailure called for each failed provider before the next one is called
 * @throws the first transient error, if any provider failed with one, so that the caller retries; else the first error
 */
export async function withFailover<T, R>(
  providers: readonly NamedProvider<T>[],
  ask: (provider: T) => Promise<R>,
  onFailure: (name: string, error: unknown) => void,
): Promise<Answer<R>> {
  const errors: Error[] = [];
  for (const { name, provider } of providers) {
    try {
      return { answer: await ask(provider), by: name };
    } catch (error) {
      if (error instanceof SpeechToTextError && UNRECOVERABLE.has(error.code)) throw error;
      errors.push(error instanceof Error ? error : new Error(String(error)));
      if (errors.length < providers.length) onFailure(name, error);
    }
  }
  throw errors.find(isTransient) ?? errors[0] ?? new Error('No provider is configured.');
}

/** A transient error comes first: the provider may support the language that another one does not. */
const isTransient = (error: unknown): boolean =>
  (error instanceof SpeechToTextError && error.retryable) ||
  (error instanceof ProviderError && error.code !== 'rejected');
