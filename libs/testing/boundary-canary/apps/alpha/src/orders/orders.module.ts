// Allowed: a feature may import another feature's module file. Together with count-orders.ts it forms a folder cycle.
export { parcels } from '../parcels/parcels.module.js';
export { order } from './order.js';
