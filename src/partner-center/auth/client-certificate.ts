import { type Application, credentialOptions } from './application.ts';
import type { Certificate } from './certificate.ts';
import { type Network, network } from './network.ts';
import type { SignInRequest } from './sign-in-kinds.ts';

export interface ClientCertificateSignIn extends Application {
  /** Called for each token, so that a renewed certificate needs no restart. */
  readonly readCertificate: (by: Network) => Promise<Certificate>;
}

/** App-only by client certificate. */
export function byClientCertificate(options: ClientCertificateSignIn): SignInRequest {
  return async (by = network()) => {
    const [{ ClientCertificateCredential }, certificate] = await Promise.all([
      import('@azure/identity'),
      options.readCertificate(by),
    ]);
    const credential = new ClientCertificateCredential(
      options.tenantId,
      options.clientId,
      { certificate: certificate.pem },
      credentialOptions(options.loginUrl, by),
    );
    const { token, expiresOnTimestamp } = await credential.getToken(options.scope);
    return { token, expiresMs: expiresOnTimestamp };
  };
}
