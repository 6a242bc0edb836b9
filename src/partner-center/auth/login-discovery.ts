import { errorMessage } from '../../shared/error-message.ts';
import { problemOf } from './login-network.ts';
import type { Network } from './network.ts';

/**
 * Runs a sign-in. MSAL first asks the login endpoint for its addresses (OpenID Connect Discovery), and of a failure says
 * no more than that there was one.
 *
 * @throws Error that says what was wrong with the answer instead; any other error as it is
 */
export async function explainingDiscovery<T>(
  by: Network,
  signIn: (by: Network) => Promise<T>,
): Promise<T> {
  let latest: string | undefined;
  const observed: Network = {
    async send(url, init) {
      try {
        const answer = await by.send(url, init);
        latest = problemOf(answer) ?? `It answered ${answer.status}, and not with its addresses.`;
        return answer;
      } catch (error) {
        latest = errorMessage(error);
        throw error;
      }
    },
    close: () => by.close(),
  };
  try {
    return await signIn(observed);
  } catch (error) {
    if (latest === undefined || !isAboutDiscovery(error)) throw error;
    throw new Error(`The login endpoint did not tell its addresses: ${latest}`, { cause: error });
  }
}

function isAboutDiscovery(error: unknown): boolean {
  return errorMessage(error).includes('endpoints_resolution_error');
}
