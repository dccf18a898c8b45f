/**
 * Signs a package for Chromium: a crx file (version 3) is a zip archive behind a header with the public key and a signature. The
 * signature scheme gives the same bytes for the same package and key.
 */

import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** @typedef {import('node:crypto').KeyObject} KeyObject */

/** What Chromium signs before the header, with the zero that ends the text. */
const CONTEXT = Buffer.from('CRX3 SignedData\0', 'latin1');
/** Field numbers of Chromium's crx3.proto. */
const FIELD = { publicKey: 1, signature: 2, sha256WithRsa: 2, crxId: 1, signedHeaderData: 10000 };

/**
 * @param {string} pem a private or a public RSA key
 * @returns {{publicKey: Buffer, privateKey: KeyObject | undefined}} the public key in DER
 */
export function readKey(pem) {
  const isPrivate = /-----BEGIN (?:\w+ )?PRIVATE KEY-----/.test(pem);
  const privateKey = isPrivate ? createPrivateKey(pem) : undefined;
  const publicKey = createPublicKey(privateKey === undefined ? pem : /** @type {never} */ (pem));
  if (publicKey.asymmetricKeyType !== 'rsa')
    throw new Error(
      `the key is ${publicKey.asymmetricKeyType}; Chromium's extensions need an RSA key`,
    );
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }), privateKey };
}

/** @param {Buffer} publicKey @returns {Buffer} the first half of its hash */
const idBytes = (publicKey) => createHash('sha256').update(publicKey).digest().subarray(0, 16);

/**
 * The ID under which Chromium knows the extension: 16 bytes in hexadecimal, with the letters a to p as digits.
 * @param {Buffer} publicKey
 * @returns {string}
 */
export const extensionId = (publicKey) =>
  idBytes(publicKey)
    .toString('hex')
    .replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

/** @param {number} value @returns {Buffer} as a varint of protocol buffers */
function varint(value) {
  const bytes = [];
  let left = value;
  while (left > 0x7f) {
    bytes.push((left & 0x7f) | 0x80);
    left >>>= 7;
  }
  return Buffer.from([...bytes, left]);
}

/** @param {number} field @param {Buffer} bytes @returns {Buffer} a field that holds bytes */
const field = (field, bytes) =>
  Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);

/** @param {number} value @returns {Buffer} */
function littleEndian(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/**
 * @param {Uint8Array} zip
 * @param {KeyObject} privateKey
 * @returns {Buffer}
 */
export function crx(zip, privateKey) {
  const publicKey = createPublicKey(/** @type {never} */ (privateKey)).export({
    type: 'spki',
    format: 'der',
  });
  const signedHeader = field(FIELD.crxId, idBytes(publicKey));
  const signature = sign(
    'sha256',
    Buffer.concat([CONTEXT, littleEndian(signedHeader.length), signedHeader, zip]),
    privateKey,
  );
  const proof = Buffer.concat([
    field(FIELD.publicKey, publicKey),
    field(FIELD.signature, signature),
  ]);
  const header = Buffer.concat([
    field(FIELD.sha256WithRsa, proof),
    field(FIELD.signedHeaderData, signedHeader),
  ]);
  return Buffer.concat([
    Buffer.from('Cr24', 'latin1'),
    littleEndian(3),
    littleEndian(header.length),
    header,
    zip,
  ]);
}
