import type { Instructions, InstructionsContext } from '#libs/domain/instructions/index.js';
import { ProviderError } from '#libs/ports/errors.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { OpenAiClient, type OpenAiAccount } from '../../openai/openai-client.js';
import { createUnexpectedResponseError, OPENAI_PROVIDER } from '../../openai/openai-errors.js';
import { analysisAnswer, type AnalysisAnswer } from './answer-schema.js';
import { describeQuestion, INSTRUCTIONS_PROMPT } from './prompt.js';
import { readAnswer } from './read-answer.js';

/** Options of `OpenAiInstructionAnalyst`. */
export interface OpenAiAnalystOptions extends OpenAiAccount {
  /** A model that supports structured output. */
  readonly model: string;
}

/** Maximum length of an answer, in tokens. An answer with every field filled takes about 1,500. */
const MAX_TOKENS = 4_000;
const MAX_ATTEMPTS = 2;

interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/**
 * Analyzes instructions with an OpenAI model and structured output. Claims that the customer's words do not support are
 * returned to the model once for correction, and dropped if it repeats them.
 */
export class OpenAiInstructionAnalyst implements InstructionAnalyst {
  private readonly client: OpenAiClient;

  constructor(private readonly options: OpenAiAnalystOptions) {
    this.client = new OpenAiClient(options);
  }

  async analyze(context: InstructionsContext): Promise<Instructions> {
    const messages: Message[] = [
      { role: 'system', content: INSTRUCTIONS_PROMPT },
      { role: 'user', content: describeQuestion(context) },
    ];
    for (let attempt = 1; ; attempt += 1) {
      const content = await this.requestAnswer(messages);
      const { answer, problem } = parseAnswer(content);
      if (answer) {
        const { instructions, unfounded } = readAnswer(answer, context);
        if (unfounded.length === 0 || attempt === MAX_ATTEMPTS) return instructions;
        messages.push(
          ...toCorrection(content, `Not in the customer's words as you quote them: ${unfounded.join('; ')}.`),
        );
      } else if (attempt === MAX_ATTEMPTS)
        throw createUnexpectedResponseError(`the form was invalid twice: ${problem}`);
      else messages.push(...toCorrection(content, `Your answer is not the form: ${problem}.`));
    }
  }

  /** @returns the answer's text */
  private async requestAnswer(messages: readonly Message[]): Promise<string> {
    const { zodResponseFormat } = await import('openai/helpers/zod');
    const completion = await this.client.request((openai, options) =>
      openai.chat.completions.create(
        {
          model: this.options.model,
          messages: [...messages],
          response_format: zodResponseFormat(analysisAnswer, 'instructions'),
          max_completion_tokens: MAX_TOKENS,
          // OpenAI must not retain customers' words in its dashboard.
          store: false,
        },
        options,
      ),
    );
    const [choice] = completion.choices ?? [];
    if (!choice) throw createUnexpectedResponseError('a completion without a choice');
    const { message, finish_reason: finishReason } = choice;
    if (typeof message.refusal === 'string')
      throw createRejectedError(`The model refused to answer: ${message.refusal}`);
    if (finishReason === 'content_filter') throw createRejectedError('OpenAI’s content filter withheld the answer.');
    if (typeof message.content !== 'string') throw createUnexpectedResponseError('a message without content');
    return message.content;
  }
}

/** `rejected`, because a retry with this analyst cannot succeed. Another analyst may succeed. */
const createRejectedError = (message: string): ProviderError =>
  new ProviderError({ provider: OPENAI_PROVIDER, code: 'rejected', effect: 'none', message: message.slice(0, 500) });

const toCorrection = (answer: string, problem: string): Message[] => [
  { role: 'assistant', content: answer },
  { role: 'user', content: `${problem} Answer again, with the whole form.` },
];

/** @returns the answer, or what is wrong with it, as a phrase for the model */
function parseAnswer(content: string): { answer?: AnalysisAnswer; problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return { problem: 'it is no JSON, or was cut off' };
  }
  const read = analysisAnswer.safeParse(json);
  if (read.success) return { answer: read.data, problem: '' };
  const [first] = read.error.issues;
  return { problem: `${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim() };
}
