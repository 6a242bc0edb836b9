/**
 * An integration sandbox has at most 75 customers. Source:
 * https://learn.microsoft.com/partner-center/developer/test-and-debug
 */
export const MAX_SANDBOX_CUSTOMERS = 75;
