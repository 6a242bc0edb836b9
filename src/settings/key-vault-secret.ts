import type { SecretAddress } from '../partner-center/auth/key-vault.ts';
import { type CloudName, clouds } from '../partner-center/clouds.ts';
import { isLoopback } from '../partner-center/http/loopback.ts';
import { maskAddress } from './mask-value.ts';

/**
 * Parses the address of a secret without its version, or says what is wrong with it. Only a Key Vault of the cloud, or
 * this machine (the embedded stack), may receive the app's token and its secrets.
 */
export function secretAddress(
  name: string,
  value: string,
  cloud: CloudName,
): SecretAddress | string {
  const { keyVaultDomain } = clouds[cloud];
  const url = URL.parse(value);
  const secret = /^\/secrets\/([0-9a-z-]{1,127})\/?$/i.exec(url?.pathname ?? '')?.[1];
  const vault = new RegExp(`^[0-9a-z-]{3,24}\\.${keyVaultDomain.replaceAll('.', '\\.')}$`);
  const known = url !== null && ((vault.test(url.hostname) && url.port === '') || isLoopback(url));
  const plain = url?.protocol === 'https:' && url.username === '' && url.search === '';
  if (url !== null && secret !== undefined && known && plain) {
    return { vaultUrl: url.origin, name: secret };
  }
  return `${name} must be https://<vault>.${keyVaultDomain}/secrets/<name>, without a version, for the cloud "${cloud}", but is ${maskAddress(value)}.`;
}
