/** Where each cloud's Partner Center is (articles partner-center-rest-urls and partner-center-authentication). */
export interface Cloud {
  readonly apiUrl: string;
  readonly loginUrl: string;
  readonly resource: string;
}

const API = 'https://api.partnercenter.microsoft.com';
const CHINA_API = 'https://partner.partnercenterapi.microsoftonline.cn';

export const clouds = {
  global: { apiUrl: API, loginUrl: 'https://login.microsoftonline.com', resource: API },
  china: {
    apiUrl: CHINA_API,
    loginUrl: 'https://login.partner.microsoftonline.cn',
    resource: CHINA_API,
  },
  'us-government': { apiUrl: API, loginUrl: 'https://login.microsoftonline.us', resource: API },
} as const satisfies Readonly<Record<string, Cloud>>;

export type CloudName = keyof typeof clouds;

export const cloudNames = ['global', 'china', 'us-government'] as const satisfies CloudName[];

export const isCloudName = (name: string): name is CloudName => Object.hasOwn(clouds, name);
