import { createHash } from 'node:crypto';

const md5 = (text: string) => createHash('md5').update(text, 'latin1').digest('hex');

/** The Authorization value that answers a 401/407 challenge (MD5, with or without qop=auth). */
export function answerChallenge(
  challenge: string,
  request: { method: string; uri: string },
  account: { user: string; password: string },
): string {
  const field = (name: string) => new RegExp(`${name}="?([^",]+)"?`, 'i').exec(challenge)?.[1] ?? '';
  const realm = field('realm');
  const nonce = field('nonce');
  const ha1 = md5(`${account.user}:${realm}:${account.password}`);
  const ha2 = md5(`${request.method}:${request.uri}`);
  const quality = field('qop') === '' ? null : { nc: '00000001', cnonce: 'f00dcafe' };
  const response = md5(
    quality === null
      ? `${ha1}:${nonce}:${ha2}`
      : `${ha1}:${nonce}:${quality.nc}:${quality.cnonce}:auth:${ha2}`,
  );
  const parts = [
    `username="${account.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
  ];
  if (quality !== null) parts.push('qop=auth', `nc=${quality.nc}`, `cnonce="${quality.cnonce}"`);
  if (field('opaque') !== '') parts.push(`opaque="${field('opaque')}"`);
  return `Digest ${parts.join(', ')}`;
}
