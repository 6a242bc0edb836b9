/** Source: "Test and debug", learn.microsoft.com/partner-center/developer: 75 customers in a sandbox. */
export const MAX_SANDBOX_CUSTOMERS = 75;
