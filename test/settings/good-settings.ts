/** The least that the app starts with. */
export const GOOD_SETTINGS: Readonly<Record<string, string>> = {
  ServiceBusConnection:
    'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=hush',
  SANDBOX_TENANT_ID: 'aaaaaaaa-0000-0000-0000-000000000001',
  PARTNER_CENTER_CLIENT_ID: 'bbbbbbbb-0000-0000-0000-000000000002',
  PARTNER_CENTER_CLIENT_SECRET: 'hush',
};
