import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';

const TENANT = '11111111-2222-3333-4444-555555555555';

type Answer = (response: ServerResponse) => void;

/** A login endpoint over a real socket, whose answer to a token request, or to every one, is written by the test. */
export async function hostileLogin(answerToken: Answer, answerDiscovery?: Answer) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  tls.setDefaultCACertificates([cert]);
  const closed = Promise.withResolvers<void>();
  const state = { tokenRequests: 0, closed: closed.promise };
  const server = createServer({ cert, key }, (request, response) => {
    request.resume();
    if (request.url?.includes('openid-configuration')) {
      if (answerDiscovery) return answerDiscovery(response);
      const at = `${loginUrl}/${TENANT}`;
      response.end(
        JSON.stringify({
          token_endpoint: `${at}/oauth2/v2.0/token`,
          authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
          issuer: `${at}/v2.0`,
          jwks_uri: `${at}/keys`,
        }),
      );
      return;
    }
    state.tokenRequests += 1;
    response.on('close', () => closed.resolve());
    answerToken(response);
  });
  const loginUrl = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`https://localhost:${(server.address() as AddressInfo).port}`),
    );
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const application = { loginUrl, tenantId: TENANT, clientId: TENANT, scope: 'x/.default' };
  return { application, state };
}
