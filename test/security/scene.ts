import { randomBytes } from 'node:crypto';
import { RunningProduct } from '../front-door/running-product.js';
import { OrganizationFixture } from '../front-door/organization-fixture.js';
import { forgeToken, type Forgery } from '../front-door/tokens.js';

/** An access code in its spoken form and in the form that the product extracts. */
export const ACCESS_CODE = { said: 'seven three nine six', understood: '7396' };

/** The transcript of every recording: HTML that must not be executed, and an access code that must not leak. */
const TRANSCRIPT = `yes no leave it <img src=x onerror=alert(1)> on the back porch the gate code is ${ACCESS_CODE.said} please yes`;

/** One product, two organizations, a completed delivery, and every secret that was issued. */
export class Scene {
  readonly secrets = new Map<string, string>();

  private constructor(
    readonly product: RunningProduct,
    readonly own: OrganizationFixture,
    readonly foreign: OrganizationFixture,
    /** A delivery of the own organization that was called, recorded, understood and assigned. */
    readonly completedDelivery: Readonly<Record<string, unknown>>,
    readonly agentId: string,
    readonly agentToken: string,
  ) {}

  static async open(): Promise<Scene> {
    // Logs at the most detailed level, so that leaked secrets are found.
    const product = await RunningProduct.open({ logLevel: 'trace', transcript: TRANSCRIPT });
    try {
      const own = await OrganizationFixture.build(product, 0);
      const foreign = await OrganizationFixture.build(product, 1);
      const agentId = await own.newAgent();
      const agentToken = await own.agentToken(agentId);
      const scene = new Scene(product, own, foreign, await own.newCompletedDelivery(), agentId, agentToken);
      for (const [name, secret] of [
        ['operator’s key', product.operatorKey],
        ['JWT secret', product.variable('JWT_SECRET')],
        ['carrier’s token', product.variable('TWILIO_AUTH_TOKEN', 'telephony')],
        ['administrator’s key', own.adminKey],
        ['other administrator’s key', foreign.adminKey],
        ['agent’s token', agentToken],
      ] as const) {
        scene.secrets.set(name, secret);
      }
      return scene;
    } catch (error) {
      await product.close();
      throw error;
    }
  }

  /** A new secret, which must not occur in any log afterwards. */
  secret = (name: string): string => {
    const value = `pw-${randomBytes(12).toString('hex')}`;
    this.secrets.set(name, value);
    return value;
  };

  /** The agent's token with the given changes, signed with the right secret unless another is given. */
  forge = (forgery: Partial<Forgery> = {}): string =>
    forgeToken(this.agentToken, { secret: this.product.variable('JWT_SECRET'), ...forgery });
}
