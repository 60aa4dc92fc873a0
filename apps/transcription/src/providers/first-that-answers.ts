import { ProviderError } from '#libs/ports/errors.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

/** A provider by the name under which the configuration lists it. */
export interface NamedProvider<T> {
  readonly name: string;
  readonly provider: T;
}

export interface Answer<R> {
  readonly answer: R;
  /** Whose it is. */
  readonly by: string;
}

/** What is wrong with the audio itself: no other recogniser hears more in it. */
const NOBODY_CAN: ReadonlySet<string> = new Set(['not_audio', 'empty', 'no_such_channel']);

/**
 * Asks one provider after another, in the configured order, until one answers.
 * @param onFailure told of each that did not, before the next is asked
 * @throws what only time can mend, where any of them failed so; else what the first one said
 */
export async function firstThatAnswers<T, R>(
  providers: readonly NamedProvider<T>[],
  ask: (provider: T) => Promise<R>,
  onFailure: (name: string, error: unknown) => void,
): Promise<Answer<R>> {
  const errors: Error[] = [];
  for (const { name, provider } of providers) {
    try {
      return { answer: await ask(provider), by: name };
    } catch (error) {
      if (error instanceof SpeechToTextError && NOBODY_CAN.has(error.code)) throw error;
      errors.push(error instanceof Error ? error : new Error(String(error)));
      if (errors.length < providers.length) onFailure(name, error);
    }
  }
  throw errors.find(mayPass) ?? errors[0] ?? new Error('No provider is configured.');
}

/** The first provider may know the language that the second does not: it is asked again later. */
const mayPass = (error: unknown): boolean =>
  (error instanceof SpeechToTextError && error.retryable) ||
  (error instanceof ProviderError && error.code !== 'rejected');
