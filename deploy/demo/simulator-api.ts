/** A call in the ledger of the simulated carrier. */
export interface SimulatedCall {
  readonly callSid: string;
  readonly to: string;
  readonly status: string;
  readonly rangAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly said: readonly { readonly text: string }[];
  readonly digits: string;
  readonly leftOnVoicemail: string | null;
}

export interface LedgerSummary {
  readonly calls: number;
  readonly rings: number;
  readonly open: number;
  readonly callsByNumber: Readonly<Record<string, number>>;
  readonly attemptsCalledTwice: readonly { readonly attempt: string }[];
  readonly attemptsRungTwice: readonly { readonly attempt: string }[];
  readonly overlaps: readonly { readonly number: string }[];
}

export interface PartnerEvents {
  readonly events: readonly {
    readonly webhookId: string;
    readonly payload: { readonly type: string; readonly data: { readonly reference?: string } };
  }[];
  readonly duplicates: readonly string[];
  readonly unverified: number;
}

/** A client of the simulator's control API, which configures customers and reports their calls. */
export class SimulatorApi {
  constructor(
    private readonly baseUrl: string,
    private readonly timeoutMs: number,
  ) {}

  setCustomers(customers: readonly { phone: string; persona: string; zone: string }[]): Promise<unknown> {
    return this.request('POST', '/simulator/customers', { customers });
  }

  subscribeToPush(
    applicationServerKey: string,
  ): Promise<{ id: string; endpoint: string; keys: { p256dh: string; auth: string } }> {
    return this.request('POST', '/push/subscriptions', { applicationServerKey });
  }

  pushMessagesUrl(subscriptionId: string): string {
    return `${this.baseUrl}/push/${subscriptionId}/messages`;
  }

  partnerHookUrl(partnerId: string): string {
    return `${this.baseUrl}/partner/${partnerId}/hook`;
  }

  /** Registers the partner's endpoint, whose first request fails, to show that webhooks are retried. */
  registerPartner(partnerId: string, secret: string): Promise<unknown> {
    return this.request('POST', `/partner/${partnerId}`, { secret, failFirst: 1 });
  }

  partnerEvents(partnerId: string): Promise<PartnerEvents> {
    return this.request('GET', `/partner/${partnerId}/events`);
  }

  async calls(): Promise<readonly SimulatedCall[]> {
    return (await this.request<{ calls: readonly SimulatedCall[] }>('GET', '/simulator/ledger')).calls;
  }

  summary(): Promise<LedgerSummary> {
    return this.request('GET', '/simulator/ledger/summary');
  }

  private async request<T>(method: string, path: string, body?: object): Promise<T> {
    const deadline = Date.now() + this.timeoutMs;
    for (;;) {
      try {
        const response = await fetch(`${this.baseUrl}${path}`, {
          method,
          ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
        });
        if (!response.ok)
          throw new Error(
            `The simulator responded with status ${response.status} to ${path}: ${await response.text()}`,
          );
        return (await response.json()) as T;
      } catch (error) {
        if (Date.now() >= deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }
}
