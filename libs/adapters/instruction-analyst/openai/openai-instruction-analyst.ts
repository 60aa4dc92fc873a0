import type { Instructions, InstructionsContext } from '#libs/domain/instructions/index.js';
import { ProviderError } from '#libs/ports/errors.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { OpenAiClient, type OpenAiAccount } from '../../openai/openai-client.js';
import { notAsDescribed, OPENAI_PROVIDER } from '../../openai/openai-errors.js';
import { analysisAnswer, type AnalysisAnswer } from './answer-schema.js';
import { describeQuestion, INSTRUCTIONS_PROMPT } from './prompt.js';
import { readAnswer } from './read-answer.js';

export interface OpenAiAnalystOptions extends OpenAiAccount {
  /** A model that knows structured output. */
  readonly model: string;
}

/** Room for the longest answer; a form with every field filled takes about 1,500. */
const MOST_TOKENS = 4_000;
const FIRST_TRY = 1;
const MOST_TRIES = 2;

interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/**
 * OpenAI's models with structured output. What the answer claims and the customer's words do not hold is told to the
 * model once, and left out if it claims it again.
 */
export class OpenAiInstructionAnalyst implements InstructionAnalyst {
  private readonly client: OpenAiClient;

  constructor(private readonly options: OpenAiAnalystOptions) {
    this.client = new OpenAiClient(options);
  }

  async analyse(context: InstructionsContext): Promise<Instructions> {
    const messages: Message[] = [
      { role: 'system', content: INSTRUCTIONS_PROMPT },
      { role: 'user', content: describeQuestion(context) },
    ];
    for (let tries = FIRST_TRY; ; tries += 1) {
      const content = await this.ask(messages);
      const { answer, mistake } = parse(content);
      if (answer) {
        const { instructions, unfounded } = readAnswer(answer, context);
        if (unfounded.length === 0 || tries === MOST_TRIES) return instructions;
        messages.push(...corrected(content, `Not in the customer's words as you quote them: ${unfounded.join('; ')}.`));
      } else if (tries === MOST_TRIES) throw notAsDescribed(`the form is wrong twice: ${mistake}`);
      else messages.push(...corrected(content, `Your answer is not the form: ${mistake}.`));
    }
  }

  /** @returns the answer's text */
  private async ask(messages: readonly Message[]): Promise<string> {
    const { zodResponseFormat } = await import('openai/helpers/zod');
    const completion = await this.client.ask((openai, options) =>
      openai.chat.completions.create(
        {
          model: this.options.model,
          messages: [...messages],
          response_format: zodResponseFormat(analysisAnswer, 'instructions'),
          max_completion_tokens: MOST_TOKENS,
          // A customer's words are not for anybody's dashboard.
          store: false,
        },
        options,
      ),
    );
    const [choice] = completion.choices ?? [];
    if (!choice) throw notAsDescribed('a completion without a choice');
    const { message, finish_reason: ended } = choice;
    if (typeof message.refusal === 'string') throw refused(`The model would not answer: ${message.refusal}`);
    if (ended === 'content_filter') throw refused('OpenAI’s filter withheld the answer.');
    if (typeof message.content !== 'string') throw notAsDescribed('a message without content');
    return message.content;
  }
}

/** Another analyst may answer; the same question to this one will not. */
const refused = (message: string): ProviderError =>
  new ProviderError({ provider: OPENAI_PROVIDER, code: 'rejected', effect: 'none', message: message.slice(0, 500) });

const corrected = (answer: string, mistake: string): Message[] => [
  { role: 'assistant', content: answer },
  { role: 'user', content: `${mistake} Answer again, with the whole form.` },
];

function parse(content: string): { answer?: AnalysisAnswer; mistake: string } {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return { mistake: 'it is no JSON, or was cut off' };
  }
  const read = analysisAnswer.safeParse(json);
  if (read.success) return { answer: read.data, mistake: '' };
  const [first] = read.error.issues;
  return { mistake: `${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim() };
}
