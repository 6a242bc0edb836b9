/** Article test-and-debug: "75 customers, 5 subscriptions per customer, 25 licenses per subscription". */
export const CUSTOMER_QUOTA = 75;
export const SUBSCRIPTION_QUOTA = 5;
export const SEAT_QUOTA = 25;
