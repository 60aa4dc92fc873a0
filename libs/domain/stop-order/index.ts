export { estimateArrivals, type Arrival } from './estimate-arrivals.js';
export { orderStops } from './order-stops.js';
export { RouteCosts, type RouteStart, type RouteStop } from './route.js';
