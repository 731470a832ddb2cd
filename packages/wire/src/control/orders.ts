import { cellOrders } from './cell-orders.ts';
import { slaveOrders } from './slave-orders.ts';
import { targetOrders } from './target-orders.ts';

/** Orders: each that changes something is in the journal, with who gave it. */
export const orders = { ...slaveOrders, ...cellOrders, ...targetOrders };
