/** Which Debian mirror this machine uses, read from apt's own sources: nothing about hosts stands in the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DEBIAN_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const RELEASES = new Set([
  'bullseye',
  'bookworm',
  'trixie',
  'forky',
  'duke',
  'sid',
  'stable',
  'oldstable',
  'testing',
  'unstable',
]);

/**
 * The places where a suite may be found, best first: `[{ uri, keyring }]`. First the mirrors which already
 * serve a Debian release to this machine, then the archive path beside each (where old suites are moved to).
 */
export function mirrorCandidates(suite, etc = '/etc/apt') {
  const own = readSources(etc).filter((source) => source.suites.some((name) => RELEASES.has(name)));
  const uris = [
    ...new Set(
      own
        .sort((a, b) => Number(b.suites.includes(suite)) - Number(a.suites.includes(suite)))
        .map((source) => source.uri),
    ),
  ];
  return [...uris, ...uris.flatMap(archivePaths)].map((uri) => ({ uri, keyring: keyringFor(own, uri) }));
}

function archivePaths(uri) {
  const plain = uri.replace(/\/+$/, '');
  const beside = `${plain}-archive/debian`;
  const host = plain.replace(/^(\w+:\/\/)deb\./, '$1archive.');
  return host === plain ? [beside] : [beside, host];
}

// A mirror line may name the key of one release only; the package's keyring holds those of all suites.
function keyringFor(own, uri) {
  if (existsSync(DEBIAN_KEYRING)) return DEBIAN_KEYRING;
  return own.find((source) => source.uri === uri)?.keyring ?? DEBIAN_KEYRING;
}

function readSources(etc) {
  const parts = join(etc, 'sources.list.d');
  const files = existsSync(parts)
    ? readdirSync(parts)
        .sort()
        .map((name) => join(parts, name))
    : [];
  return [join(etc, 'sources.list'), ...files]
    .filter((file) => existsSync(file))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return file.endsWith('.sources') ? readStanzas(text) : readLines(text);
    });
}

function readLines(text) {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.*)$/.exec(line);
    if (!match) return [];
    const keyring = /signed-by=(\S+)/.exec(match[1] ?? '')?.[1];
    return [{ uri: match[2].replace(/\/+$/, ''), suites: [match[3]], keyring }];
  });
}

function readStanzas(text) {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(stanza)?.[1]?.trim();
    const types = field('Types')?.split(/\s+/) ?? [];
    if (!types.includes('deb') || /^no$/i.test(field('Enabled') ?? 'yes')) return [];
    const suites = field('Suites')?.split(/\s+/) ?? [];
    return (field('URIs')?.split(/\s+/) ?? []).map((uri) => ({
      uri: uri.replace(/\/+$/, ''),
      suites,
      keyring: field('Signed-By'),
    }));
  });
}
