import { DataSealer } from '#libs/sealing/data-sealer.js';

/** The key that seals customer data in tests. */
export const TEST_DATA_KEY = Buffer.alloc(32, 9).toString('base64');
/** The sealing keys of tests. */
export const TEST_DATA_KEYS = [TEST_DATA_KEY];
/** A sealer with the keys of tests. */
export const TEST_SEALER = new DataSealer(TEST_DATA_KEYS);
