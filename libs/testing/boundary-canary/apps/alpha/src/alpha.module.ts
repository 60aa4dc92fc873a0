import './orders/orders.module.js';
import './orders/order.js';
