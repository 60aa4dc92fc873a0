import { randomBytes } from 'node:crypto';

interface SignedIn {
  readonly accessToken: string;
}

/** Creates a dispatcher through the public flow (invite, accept, sign in) and returns an access token. */
export async function signInDispatcher(gatewayUrl: string, adminKey: string): Promise<string> {
  const email = `bench-${randomBytes(4).toString('hex')}@example.com`;
  const password = randomBytes(18).toString('base64url');
  const invitation = { email, name: 'Dana Dispatcher', role: 'dispatcher' };
  const { token } = await post<{ token: string }>(`${gatewayUrl}/v1/invitations`, invitation, adminKey);
  await post(`${gatewayUrl}/v1/invitations/accept`, { token, password });
  return (await post<SignedIn>(`${gatewayUrl}/v1/auth/login`, { email, password })).accessToken;
}

async function post<T>(url: string, body: object, credential?: string): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url} failed with status ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}
