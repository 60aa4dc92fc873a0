declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  interface DecryptParameters {
    readonly version: 'aes128gcm';
    readonly privateKey: ECDH;
    /** Base64url. */
    readonly authSecret: string;
  }

  const ece: { decrypt(content: Buffer, parameters: DecryptParameters): Buffer };
  export default ece;
}
