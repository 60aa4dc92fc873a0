import { DataSealer } from '#libs/sealing/data-sealer.js';

/** The key that seals customer data in tests. */
export const TEST_DATA_KEY = Buffer.alloc(32, 9).toString('base64');
export const TEST_DATA_KEYS = [TEST_DATA_KEY];
export const TEST_SEALER = new DataSealer(TEST_DATA_KEYS);
