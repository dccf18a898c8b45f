// One certificate for all stand-in hosts, made at each start; it is never stored and no one is asked to trust it.

import { generate } from 'selfsigned';

/**
 * @param {string[]} hosts
 * @returns {Promise<{key:string, cert:string}>} both as PEM
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
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: /** @type {2} */ (2), value })) },
    ],
  });
  return { key: made.private, cert: made.cert };
}
