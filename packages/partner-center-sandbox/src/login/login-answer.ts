/** What the login endpoint answers. */
export interface LoginAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A refusal in the shape of Microsoft Entra: an OAuth error whose description begins with an AADSTS number. */
export function refuseLogin(
  status: number,
  error: string,
  number: number,
  text: string,
): LoginAnswer {
  return {
    status,
    body: { error, error_description: `AADSTS${number}: ${text}`, error_codes: [number] },
  };
}
