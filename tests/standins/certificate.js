// One certificate for all stand-in hosts, made at each start; it is never stored and no one is asked to trust it.

import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/**
 * @param {string[]} hosts
 * @returns {Promise<{key:string, cert:string, pin:string}>} both as PEM, and the hash of the public key as browsers write it
 */
export async function createCertificate(hosts) {
  const made = await generate([{ name: 'commonName', value: hosts[0] ?? 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // Browsers whose clock differs a little from ours must not find it "not yet valid".
    notBeforeDate: new Date(Date.now() - 86_400_000),
    notAfterDate: new Date(Date.now() + 30 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((value) => ({ type: /** @type {2} */ (2), value })),
      },
    ],
  });
  const publicKey = new X509Certificate(made.cert).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  return {
    key: made.private,
    cert: made.cert,
    pin: createHash('sha256').update(publicKey).digest('base64'),
  };
}
