import '../orders/orders.module.js';
