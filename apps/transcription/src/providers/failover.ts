import { ProviderError } from '#libs/ports/errors.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

/** A provider and its name in the configuration, such as `openai`. */
export interface NamedProvider<T> {
  readonly name: string;
  readonly provider: T;
}

/** A result and the name of the provider that returned it. */
export interface ProviderResult<R> {
  readonly result: R;
  readonly providerName: string;
}

/** Errors in the audio itself, which every other recognizer would report as well. */
const AUDIO_ERRORS: ReadonlySet<string> = new Set(['not_audio', 'empty', 'no_such_channel']);

/**
 * Calls the providers in the configured order until one succeeds.
 * @param onFailure called for each failed provider before the next one is called
 * @throws the first transient error, if any provider failed with one, so that the caller retries; else the first error
 */
export async function withFailover<T, R>(
  providers: readonly NamedProvider<T>[],
  call: (provider: T) => Promise<R>,
  onFailure: (name: string, error: unknown) => void,
): Promise<ProviderResult<R>> {
  const errors: Error[] = [];
  for (const { name, provider } of providers) {
    try {
      return { result: await call(provider), providerName: name };
    } catch (error) {
      if (error instanceof SpeechToTextError && AUDIO_ERRORS.has(error.code)) throw error;
      errors.push(error instanceof Error ? error : new Error(String(error)));
      if (errors.length < providers.length) onFailure(name, error);
    }
  }
  throw errors.find(isTransient) ?? errors[0] ?? new Error('No provider is configured.');
}

/**
 * Whether a retry may succeed. Such an error takes precedence over a final one, because its provider may support what
 * the other providers reject, such as a language.
 */
const isTransient = (error: unknown): boolean =>
  (error instanceof SpeechToTextError && error.retryable) ||
  (error instanceof ProviderError && error.code !== 'rejected');
