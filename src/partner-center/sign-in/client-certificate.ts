import type { RequestToken } from '../token.ts';
import { type Application, credentialOptions } from './application.ts';
import type { Certificate } from './certificate.ts';

export interface ClientCertificateSignIn extends Application {
  /** Asked for each token anew, so that a renewed certificate needs no restart. */
  readonly readCertificate: () => Promise<Certificate>;
}

/** App-only by client certificate. */
export function byClientCertificate(options: ClientCertificateSignIn): RequestToken {
  return async () => {
    const [{ ClientCertificateCredential }, certificate] = await Promise.all([
      import('@azure/identity'),
      options.readCertificate(),
    ]);
    const credential = new ClientCertificateCredential(
      options.tenantId,
      options.clientId,
      { certificate: certificate.pem },
      credentialOptions(options.loginUrl),
    );
    const { token, expiresOnTimestamp } = await credential.getToken(options.scope);
    return { token, expiresMs: expiresOnTimestamp };
  };
}
